import { Component, useRef } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useButtons } from "../screens/buttons";
import { dayText } from "../screens/days";
import { useReading } from "../screens/reading";
import { Tasks } from "../screens/tasks";

/** What concerns a person: to do, self-assessment, notice, objection, history. */
export class MyPage extends Component {
    static template = "cadre_review.MyPage";
    static components = { Layout, Tasks };
    static props = { ...standardActionServiceProps };

    setup() {
        const orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.reading = useReading(() =>
            orm.silent.call("cadre.review.my.page", "action_read", [])
        );
        this.onButton = useButtons(this.reading);
        useSetupAction({ rootRef: this.root });
        this.dayText = dayText;
    }

    get page() {
        return this.reading.data;
    }

    notice({ number, date_notified }) {
        const day = dayText(date_notified);
        return number
            ? _t("Notified on %(day)s, notice %(number)s", { day, number })
            : _t("Notified on %s", day);
    }

    objecting({ object_until }) {
        return object_until ? _t("Objection (until %s)", dayText(object_until)) : _t("Objection");
    }

    call(year, method) {
        return this.onButton({ model: "cadre.review.rating", ids: [year.id], method });
    }

    openYear(year) {
        return this.action.doAction("cadre_review.cadre_review_rating_action_person", {
            viewType: "form",
            props: { resId: year.id },
        });
    }

    printHistory() {
        return this.action.doAction("cadre_review.action_report_history_sheet", {
            additionalContext: {
                active_model: "cadre.review.cadre",
                active_ids: this.page.cadres,
            },
        });
    }
}

registry.category("actions").add("cadre_review.my_page", MyPage);
