/** Steps that the tours share: they press and type as a user does. */

import { registry } from "@web/core/registry";

/** A step waits for what it names as long as Odoo lets it: no machine is too slow. */
const PATIENCE = 60000;

export function addTour(name, { steps, ...tour }) {
    registry.category("web_tour.tours").add(name, {
        ...tour,
        steps: () => steps().map((step) => ({ timeout: PATIENCE, ...step })),
    });
}

const field = (name) => `.o_field_widget[name='${name}']`;

export const press = (button) => ({
    trigger: `.o_form_view button[name='${button}']:enabled`,
    run: "click",
});

export const inState = (state) => ({
    trigger: `.o_statusbar_status .o_arrow_button_current[data-value='${state}']`,
});

export const openPage = (page) => ({
    trigger: `.o_notebook_headers .nav-link[name='${page}']`,
    run: "click",
});

export const type = (name, text) => ({
    trigger: `.o_form_view ${field(name)} :is(input, textarea)`,
    run: `edit ${text}`,
});

/** A date and time is a button until it is pressed. */
export const typeMoment = (name, text) => [
    {
        trigger: `.o_form_view ${field(name)} :is(input, button)`,
        run: "click",
    },
    {
        trigger: `.o_form_view ${field(name)} input`,
        run: `edit ${text} && press Escape`,
    },
];

export const choose = (name, label) => [
    {
        trigger: `.o_form_view ${field(name)} .o_select_menu_input`,
        run: "click",
    },
    {
        trigger: `.o_select_menu_item:contains('${label}')`,
        run: "click",
    },
];

const row = (list, number) => `${field(list)} .o_data_row:eq(${number})`;

/** Type into the cells of one row of an editable list: {field: text}. */
export const typeRow = (list, number, texts) =>
    Object.entries(texts).flatMap(([name, text]) => [
        {
            trigger: `${row(list, number)} .o_data_cell[name='${name}']`,
            run: "click",
        },
        {
            // the row before is left only when the server has answered
            trigger: `${row(list, number)}.o_selected_row`,
        },
        {
            trigger: `${row(list, number)}.o_selected_row ${field(name)} :is(input, textarea)`,
            run: `edit ${text}`,
        },
    ]);

/** In a grid a level is a plain select, keyed by its digit. */
export const chooseInRow = (list, number, name, value) => [
    {
        trigger: `${row(list, number)} .o_data_cell[name='${name}']`,
        run: "click",
    },
    {
        // not that of the row before, which is left when the server has answered
        trigger: `${row(list, number)}.o_selected_row ${field(name)} select`,
        run: `select ${value}`,
    },
];

/** The window that asks for the reason is answered. */
export const giveReason = (reason) => [
    {
        trigger: ".modal .o_field_widget[name='reason'] textarea",
        run: `edit ${reason}`,
    },
    {
        trigger: ".modal button[name='action_confirm']",
        run: "click",
    },
];
