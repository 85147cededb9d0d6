import { registry } from "@web/core/registry";
import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";

/**
 * A selection chosen by its digit: “1” is the first value, “2” the second.
 *
 * A grid keyed from paper is filled without the mouse; the menu of the ordinary
 * selection loses the Enter key to the list around it.
 */
export class KeyedSelectionField extends SelectionField {
    static template = "cadre_review.KeyedSelectionField";

    get numberedOptions() {
        return this.options.map(([value, label], index) => [
            value,
            `${index + 1}. ${label}`,
        ]);
    }
}

registry.category("fields").add("cadre_review_keyed_selection", {
    ...selectionField,
    component: KeyedSelectionField,
    supportedTypes: ["selection"],
});
