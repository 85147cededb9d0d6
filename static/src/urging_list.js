import { registry } from "@web/core/registry";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { onWillStart } from "@odoo/owl";

import { SharedEditModel } from "./shared_edit/shared_edit_model";

/**
 * The board of whom to urge: above the units it says where the job has not run for too
 * long, and what it could not send.
 */
export class UrgingListController extends ListController {
    static template = "cadre_review.UrgingListView";

    setup() {
        super.setup();
        this.warned = [];
        onWillStart(async () => {
            const campaigns = await this.orm.searchRead(
                "cadre.review.campaign",
                ["|", ["urging_is_stale", "=", true], ["urging_error", "!=", false]],
                ["name", "urging_is_stale", "urging_ran_at", "urging_error"]
            );
            this.warned = campaigns.map((campaign) => ({
                id: campaign.id,
                name: campaign.name,
                isStale: campaign.urging_is_stale,
                ranAt:
                    campaign.urging_ran_at &&
                    formatDateTime(deserializeDateTime(campaign.urging_ran_at)),
                error: campaign.urging_error,
            }));
        });
    }
}

registry.category("views").add("cadre_review_urging_list", {
    ...listView,
    Model: SharedEditModel,
    Controller: UrgingListController,
});
