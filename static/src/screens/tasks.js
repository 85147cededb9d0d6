import { Component } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { dayText, howFar, urgency } from "./days";

/** What is to do, in order, each with its day and the button that does it. */
export class Tasks extends Component {
    static template = "cadre_review.Tasks";
    static props = { tasks: Array, onButton: Function };

    setup() {
        Object.assign(this, { dayText, howFar, urgency });
        this.toDo = _t("To do");
        this.waiting = _t("Others have to act");
        this.icons = {
            block: "fa-ban",
            warn: "fa-exclamation-triangle",
            paper: "fa-file-text-o",
            person: "fa-user-o",
            unit: "fa-university",
        };
        this.kinds = {
            block: _t("Refuses"),
            warn: _t("Warns"),
            paper: _t("Paper"),
            person: _t("Person"),
            unit: _t("Unit"),
        };
    }
}
