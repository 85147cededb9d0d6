import { Component, useRef, useState } from "@odoo/owl";

import { normalize } from "@web/core/l10n/utils";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { formatInteger } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { dayText, howFar, momentText, urgency } from "../screens/days";
import { useReading } from "../screens/reading";
import { Levels } from "./levels";

/** What is searched: without accents, and “đ” is “d”, which Odoo leaves as it is. */
export const folded = (text) => normalize(text).replaceAll("đ", "d");

// the order of the numbers of a cell
const STATES = ["missing", "provided", "conforming", "failed", "requested"];
const COUNTED = 4; // papers that are requested are counted where they stand already

/** The state that a cell of several papers shows: the one that presses most. */
export function pressing(cell) {
    const [missing, provided, , failed, requested] = cell;
    if (requested) {
        return "requested";
    }
    if (failed) {
        return "failed";
    }
    if (missing) {
        return "missing";
    }
    return provided ? "provided" : "conforming";
}

const FILTERS = {
    late: (unit) => unit.is_late,
    lacking: (unit) => unit.lacking > 0,
    requested: (unit) => unit.is_requested,
    owed: (unit) => Boolean(unit.owed),
    idle: (unit) => !unit.is_begun,
};

const SORTED_BY = {
    listed: () => 0,
    name: (unit) => folded(unit.name),
    // what presses most comes first: the least days left
    days: (unit) => (unit.days_left === false ? Infinity : unit.days_left),
    lacking: (unit) => -unit.lacking,
};

export class Board extends Component {
    static template = "cadre_review.Board";
    static components = { Layout, Levels, SelectMenu };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.root = useRef("root");
        this.state = useState({
            campaignId: false,
            filters: [],
            search: "",
            sort: "listed",
            // the unit that was opened last
            unitId: false,
            ...this.props.state?.board,
        });
        this.reading = useReading(() =>
            this.orm.silent.call("cadre.review.board", "action_read", [
                this.state.campaignId,
            ])
        );
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({ board: { ...this.state } }),
        });
        Object.assign(this, { dayText, howFar, urgency, formatInteger });
        this.stateNames = {
            missing: _t("Missing"),
            provided: _t("Provided"),
            conforming: _t("Conforming"),
            failed: _t("Not conforming"),
            requested: _t("Completion requested"),
        };
        this.icons = {
            missing: "fa-circle-o",
            provided: "fa-dot-circle-o",
            conforming: "fa-check-circle",
            failed: "fa-times-circle",
            requested: "fa-reply",
        };
        this.filterNames = {
            late: _t("Late"),
            lacking: _t("Incomplete"),
            requested: _t("Completion requested"),
            owed: _t("Hard copies owed"),
            idle: _t("Not begun"),
        };
        this.names = {
            handed_in: _t("Dossiers handed in"),
            accepted: _t("Dossiers accepted"),
            lacking: _t("Dossiers that lack papers"),
            late: _t("Dossiers late"),
            was_late: _t("Dossiers not handed in in time"),
            unit: _t("Unit"),
            days: _t("Last day"),
            lacks: _t("Lacks"),
            receipts: _t("Receipts"),
            copies: _t("Hard copies"),
        };
        this.timeliness = {
            in_time: _t("In time"),
            permitted: _t("Late with permission"),
        };
    }

    // ------------------------------------------------------------------
    // WHAT IS SHOWN
    // ------------------------------------------------------------------

    get board() {
        return this.reading.data;
    }

    get campaign() {
        return this.board.campaign;
    }

    get campaignChoices() {
        return this.board.campaigns.map(({ id, name, label }) => ({
            value: id,
            label: `${name} – ${label}`,
        }));
    }

    get filters() {
        return Object.entries(FILTERS).map(([key, keeps]) => ({
            key,
            name: this.filterNames[key],
            count: this.board.units.filter(keeps).length,
            isOn: this.state.filters.includes(key),
        }));
    }

    get units() {
        const words = folded(this.state.search).split(/\s+/).filter(Boolean);
        const units = this.board.units.filter((unit) => {
            const name = folded(unit.name);
            return (
                this.state.filters.every((key) => FILTERS[key](unit)) &&
                words.every((word) => name.includes(word))
            );
        });
        const key = SORTED_BY[this.state.sort];
        const keys = new Map(units.map((unit) => [unit.id, key(unit)]));
        const compare = (one, other) => (one < other ? -1 : Number(one > other));
        return units.sort((one, other) => compare(keys.get(one.id), keys.get(other.id)));
    }

    /** One cell: how many of how many are there, the state that presses, in words. */
    cell(unit, kind) {
        const numbers = unit.papers[kind.id];
        if (!numbers) {
            return null;
        }
        const of = numbers.slice(0, COUNTED).reduce((sum, number) => sum + number, 0);
        const state = pressing(numbers);
        const words = STATES.map((name, place) => [this.stateNames[name], numbers[place]])
            .filter(([, number]) => number)
            .map(([name, number]) => `${name}: ${number}`)
            .join(", ");
        return { there: numbers[1] + numbers[2], of, state, words: `${kind.name}. ${words}` };
    }

    /** A unit in words: what it has handed in, or how far its last day is. */
    days(unit) {
        if (unit.timeliness in this.timeliness) {
            return this.timeliness[unit.timeliness];
        }
        if (unit.days_late && unit.submitted) {
            return howFar(-unit.days_late);
        }
        return howFar(unit.days_left);
    }

    press(unit) {
        return unit.timeliness in this.timeliness ? "" : urgency(unit.days_left);
    }

    share(part, whole) {
        return whole ? Math.floor((100 * part) / whole) : 0;
    }

    get nothingFits() {
        return _t(
            "None of the %s units fits what is searched and filtered.",
            this.board.units.length
        );
    }

    readAt(shown) {
        return _t("%(shown)s of %(all)s units, as of %(time)s", {
            shown: shown.length,
            all: this.board.units.length,
            time: momentText(this.reading.at),
        });
    }

    // ------------------------------------------------------------------
    // EVENTS
    // ------------------------------------------------------------------

    onCampaign(campaignId) {
        Object.assign(this.state, { campaignId, filters: [], search: "", unitId: false });
        return this.reading.refresh();
    }

    onFilter(key) {
        const { filters } = this.state;
        this.state.filters = filters.includes(key)
            ? filters.filter((other) => other !== key)
            : [...filters, key];
    }

    onSort(by) {
        this.state.sort = this.state.sort === by ? "listed" : by;
    }

    onShowAll() {
        Object.assign(this.state, { filters: [], search: "" });
    }

    /** Arrows go from cell to cell, as in a sheet; Tab from unit to unit. */
    onKeydown(event) {
        const step = {
            ArrowUp: [-1, 0],
            ArrowDown: [1, 0],
            ArrowLeft: [0, -1],
            ArrowRight: [0, 1],
        }[event.key];
        const place = event.target.closest("td, th");
        if (!step || !place) {
            return;
        }
        const rows = [...place.closest("tbody").rows];
        let row = rows.indexOf(place.parentElement);
        let column = place.cellIndex;
        let cell, button;
        // over what is only to be read, to the next that can be opened
        do {
            row += step[0];
            column += step[1];
            cell = rows[row]?.cells[column];
            button = cell?.querySelector("button");
        } while (cell && !button);
        if (button) {
            event.preventDefault();
            button.focus();
            cell.scrollIntoView({ block: "nearest", inline: "nearest" });
        }
    }

    // ------------------------------------------------------------------
    // WHAT ONE COMES TO
    // ------------------------------------------------------------------

    openCampaign() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "cadre.review.campaign",
            res_id: this.campaign.id,
            views: [[false, "form"]],
        });
    }

    openUnit(unit) {
        this.state.unitId = unit.id;
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "cadre.review.dossier",
            res_id: unit.id,
            views: [[false, "form"]],
        });
    }

    openCell(unit, kind) {
        this.state.unitId = unit.id;
        return this.openList("cadre.review.paper", `${kind.short} – ${unit.name}`, [
            ["dossier_id", "=", unit.id],
            ["kind_id", "=", kind.id],
        ]);
    }

    openOf(unit, model, name) {
        this.state.unitId = unit.id;
        return this.openList(model, `${name} – ${unit.name}`, [
            ["dossier_id", "=", unit.id],
        ]);
    }

    /** The dossiers for which something holds, as a list. */
    openDossiers(name, holds) {
        const ids = this.board.units.filter(holds).map((unit) => unit.id);
        return this.openList("cadre.review.dossier", name, [["id", "in", ids]]);
    }

    openList(model, name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain,
        });
    }
}

registry.category("actions").add("cadre_review.board", Board);
