import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * What somebody else wrote meanwhile, beside the user's own text.
 *
 * Without `choose` the rows are not open in a form any more: the text is there to copy.
 */
export class SharedEditDialog extends Component {
    static template = "cadre_review.SharedEditDialog";
    static components = { Dialog };
    static props = {
        title: { type: String, optional: true },
        message: String,
        conflicts: Array,
        choose: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.notification = useService("notification");
    }

    get title() {
        if (this.props.title) {
            return this.props.title;
        }
        return this.canTake
            ? _t("Somebody else changed this meanwhile")
            : _t("Not open to your changes any more");
    }

    get canKeep() {
        return this.props.conflicts.every(({ kind }) => ["change", "delete"].includes(kind));
    }

    /** A line that is gone can be let go; not the record itself, nor a closed one. */
    get canTake() {
        return (
            this.props.conflicts.length > 0 &&
            this.props.conflicts.every(
                ({ kind, path }) => kind !== "closed" && (kind !== "gone" || path.length)
            )
        );
    }

    choose(choice) {
        this.props.choose?.(choice);
        this.props.close();
    }

    async copy({ mine_text: text }) {
        await browser.navigator.clipboard.writeText(text);
        this.notification.add(_t("Your text was copied."), { type: "success" });
    }
}
