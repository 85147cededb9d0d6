import { Component, useRef, useState } from "@odoo/owl";

import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { x2ManyCommands } from "@web/core/orm_service";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { _t } from "@web/core/l10n/translation";
import { useFileUploader } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { useButtons } from "../screens/buttons";
import { dayText, howFar, urgency } from "../screens/days";
import { useReading } from "../screens/reading";
import { Tasks } from "../screens/tasks";

/** The desk of a unit: what is to do now, how far the dossier is, and a place to drop
 * its papers. */
export class Desk extends Component {
    static template = "cadre_review.Desk";
    static components = { Layout, SelectMenu, Tasks };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({
            dossierId: false,
            isUploading: false,
            ...this.props.state?.desk,
        });
        this.reading = useReading(() =>
            this.orm.silent.call("cadre.review.desk", "action_read", [
                this.state.dossierId,
            ])
        );
        this.onButton = useButtons(this.reading);
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({ desk: { dossierId: this.state.dossierId } }),
        });
        this.uploadFiles = useFileUploader();
        useDropzone(
            this.root,
            (event) => this.onDrop([...event.dataTransfer.files]),
            "",
            () => this.canPlace
        );
        Object.assign(this, { dayText, urgency });
        this.stepStates = { done: _t("Done"), now: _t("Now"), later: _t("Later") };
        this.stepIcons = {
            done: "fa-check-circle",
            now: "fa-arrow-circle-right",
            later: "fa-circle-o",
        };
    }

    get desk() {
        return this.reading.data;
    }

    get dossier() {
        return this.desk?.dossier;
    }

    get choices() {
        return this.desk.dossiers.map(({ id, unit, campaign, label }) => ({
            value: id,
            label: `${unit} – ${campaign} (${label})`,
        }));
    }

    get canPlace() {
        return Boolean(this.dossier?.can_place) && !this.state.isUploading;
    }

    get round() {
        return _t("Round %s", this.dossier.round);
    }

    get lastDay() {
        const { due, days_left, can_place } = this.dossier;
        const day = _t("Last day: %s", dayText(due));
        return can_place ? `${day} – ${howFar(days_left)}` : day;
    }

    onDossier(dossierId) {
        this.state.dossierId = dossierId;
        return this.reading.refresh();
    }

    openDossier() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "cadre.review.dossier",
            res_id: this.dossier.id,
            views: [[false, "form"]],
        });
    }

    onChosen(event) {
        const files = [...event.target.files];
        // the same file may be chosen again after it was refused
        event.target.value = "";
        return this.onDrop(files);
    }

    /** The files go to the window that places them, which suggests where each belongs. */
    async onDrop(files) {
        if (!files.length) {
            return;
        }
        this.state.isUploading = true;
        try {
            const action = await this.orm.call(
                "cadre.review.dossier",
                "action_place_files",
                [[this.dossier.id]]
            );
            const stored = await this.upload(action, files);
            if (stored) {
                await this.orm.write(action.res_model, [action.res_id], {
                    attachment_ids: stored.map(({ id }) => x2ManyCommands.link(id)),
                });
                await this.action.doAction({ ...action, views: [[false, "form"]] });
            }
        } finally {
            this.state.isUploading = false;
        }
    }

    /** @returns {Promise<Object[]|null>} null: nothing was taken, and it was said why */
    async upload(action, files) {
        let stored;
        try {
            stored = await this.uploadFiles("/web/binary/upload_attachment", {
                csrf_token: odoo.csrf_token,
                id: action.res_id,
                model: action.res_model,
                ufile: files,
            });
        } catch {
            // neither an answer nor a refusal: the session has ended, or the connection
            stored = [
                {
                    error: _t(
                        "The files did not arrive: the connection or your session has " +
                            "ended. Nothing was changed; load the page again and drop them once more."
                    ),
                },
            ];
        }
        const refused = (stored || []).filter(({ error }) => error);
        for (const { error } of refused) {
            this.notification.add(error, { type: "danger", sticky: true });
        }
        return stored && !refused.length ? stored : null;
    }
}

registry.category("actions").add("cadre_review.desk", Desk);
