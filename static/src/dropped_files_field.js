import { useRef } from "@odoo/owl";

import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";

/** Files that are chosen, or dropped, many at once. */
export class DroppedFilesField extends Many2ManyBinaryField {
    static template = "cadre_review.DroppedFilesField";

    setup() {
        super.setup();
        this.uploadFiles = useFileUploader();
        useDropzone(
            useRef("root"),
            (event) => this.onDrop(event.dataTransfer.files),
            "",
            () => !this.props.readonly
        );
    }

    async onDrop(files) {
        const answers = await this.uploadFiles("/web/binary/upload_attachment", {
            csrf_token: odoo.csrf_token,
            id: this.props.record.resId || 0,
            model: this.props.record.resModel,
            ufile: [...files],
        });
        if (answers) {
            await this.onFileUploaded(answers);
        }
    }
}

registry.category("fields").add("cadre_review_dropped_files", {
    ...many2ManyBinaryField,
    component: DroppedFilesField,
});
