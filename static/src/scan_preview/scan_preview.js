import { Component, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const VIEWER = "/web/static/lib/pdfjs/web/viewer.html";
// what browsers show by themselves; a photograph in HEIC is not among them
const PICTURES = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"];

/**
 * The signed papers beside the fields they are keyed into, one at a time.
 *
 * The files are those of the fields named in the option `fields`; they are served
 * under the user's own rights, as every file is.
 */
export class ScanPreview extends Component {
    static template = "cadre_review.ScanPreview";
    static props = { ...standardWidgetProps, fields: { type: Array } };

    setup() {
        this.state = useState({ chosen: false });
    }

    get scans() {
        const found = new Map();
        for (const name of this.props.fields) {
            for (const { resId, data } of this.props.record.data[name].records) {
                found.set(resId, { id: resId, name: data.name, type: data.mimetype });
            }
        }
        return [...found.values()];
    }

    get place() {
        const place = this.scans.findIndex(({ id }) => id === this.state.chosen);
        return Math.max(place, 0);
    }

    get scan() {
        return this.scans[this.place];
    }

    get isPdf() {
        return this.scan.type === "application/pdf";
    }

    get isPicture() {
        return PICTURES.includes(this.scan.type);
    }

    get source() {
        const file = `/web/content/${this.scan.id}`;
        return this.isPdf
            ? `${VIEWER}?file=${encodeURIComponent(file)}#pagemode=none&zoom=page-width`
            : file;
    }

    turn(step) {
        const { length } = this.scans;
        this.state.chosen = this.scans[(this.place + step + length) % length].id;
    }
}

registry.category("view_widgets").add("cadre_review_scan_preview", {
    component: ScanPreview,
    extractProps: ({ options }) => ({ fields: options.fields }),
});
