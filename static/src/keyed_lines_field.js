import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/**
 * Lines entered by Tab: the key goes from the field before them into the first row,
 * where the ordinary list of a form waits for a click.
 */
export class KeyedLinesField extends X2ManyField {
    static template = "cadre_review.KeyedLinesField";

    /** Going backwards out of the first row must not lead into it again. */
    onFocus({ relatedTarget }) {
        if (relatedTarget && !relatedTarget.closest(".o_list_renderer")) {
            this.enter();
        }
    }

    async enter() {
        const list = this.props.record.data[this.props.name];
        if (!this.props.readonly && list.records.length) {
            await list.enterEditMode(list.records[0]);
        }
    }
}

registry.category("fields").add("cadre_review_keyed_lines", {
    ...x2ManyField,
    component: KeyedLinesField,
});
