import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";

import { Component } from "@odoo/owl";

/**
 * The number of a paper: beside an empty field the next one of its series, taken at a
 * click; under a filled one a word about the other papers that bear it. Both come with
 * the record, as `<field>_next` and `<field>_note`.
 */
export class NumberField extends Component {
    static template = "cadre_review.NumberField";
    static components = { CharField };
    static props = { ...CharField.props };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get next() {
        return this.props.record.data[`${this.props.name}_next`];
    }

    get note() {
        return this.props.record.data[`${this.props.name}_note`];
    }

    take() {
        return this.props.record.update({ [this.props.name]: this.next });
    }
}

export const numberField = {
    ...charField,
    component: NumberField,
    displayName: _t("Number of a Paper"),
    supportedTypes: ["char"],
    fieldDependencies: ({ name }) => [
        { name: `${name}_next`, type: "char" },
        { name: `${name}_note`, type: "char" },
    ],
};

registry.category("fields").add("cadre_review_number", numberField);
