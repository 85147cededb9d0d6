import { Component, onWillUpdateProps, useState } from "@odoo/owl";

import { useService } from "@web/core/utils/hooks";

import { useReading } from "../screens/reading";

/** Levels given so far against the caps; every figure is that of the caps board. */
export class Levels extends Component {
    static template = "cadre_review.Levels";
    static props = { campaignId: Number, at: Object };

    setup() {
        const orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ isOpen: false });
        let campaignId = this.props.campaignId;
        this.reading = useReading(() =>
            orm.silent.call("cadre.review.board", "action_read_levels", [campaignId])
        );
        onWillUpdateProps((next) => {
            if (next.campaignId !== campaignId || next.at !== this.props.at) {
                campaignId = next.campaignId;
                this.reading.refresh();
            }
        });
        this.shades = ["excellent", "good", "completed", "failed"];
    }

    get lines() {
        return this.reading.data || [];
    }

    /** How many capped places stand how, in words. */
    get verdicts() {
        const counts = new Map();
        for (const line of this.lines.filter((line) => line.is_capped)) {
            const { verdict, label } = line;
            const { count = 0 } = counts.get(verdict) || {};
            counts.set(verdict, { verdict, label, count: count + 1 });
        }
        return [...counts.values()];
    }

    /** All of an authority, and of the capped places those that are not simply within. */
    get shown() {
        return this.lines.filter(
            (line) => line.scope === "authority" || line.verdict !== "within"
        );
    }

    rated(line) {
        return line.counts.reduce((sum, [, number]) => sum + number, 0);
    }

    share(line, number) {
        return (100 * number) / (this.rated(line) + line.without || 1);
    }

    words(line) {
        return line.counts
            .filter(([, number]) => number)
            .map(([level, number]) => `${level}: ${number}`)
            .join(", ");
    }

    onToggle() {
        this.state.isOpen = !this.state.isOpen;
    }

    openCaps() {
        return this.action.doActionButton({
            type: "object",
            resModel: "cadre.review.campaign",
            resIds: [this.props.campaignId],
            name: "action_caps",
        });
    }
}
