import { describe, expect, test } from "@odoo/hoot";
import { click } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { contains, defineModels, fields, models, mountView } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");

class Paper extends models.Model {
    _name = "paper";

    number = fields.Char();
    number_next = fields.Char();
    number_note = fields.Char();

    _records = [
        { id: 1, number_next: "15/BC-HĐND" },
        { id: 2, number: "14/BC-HĐND", number_note: "Another paper bears it, too." },
    ];
}

defineMailModels();
defineModels([Paper]);

const openPaper = (resId, attributes = "") =>
    mountView({
        ...{ type: "form", resModel: "paper", resId },
        arch: `<form><field name="number" widget="cadre_review_number" ${attributes}/></form>`,
    });

test("the next number of the series is taken at a click", async () => {
    await openPaper(1);
    expect(".o_take_number").toHaveText("Next: 15/BC-HĐND");
    await click(".o_take_number");
    await animationFrame();
    expect(".o_field_widget[name=number] input").toHaveValue("15/BC-HĐND");
    expect(".o_take_number").toHaveCount(0);
});

test("a number that another paper bears is spoken of, not refused", async () => {
    await openPaper(2);
    expect(".o_number_note").toHaveText("Another paper bears it, too.");
    expect(".o_take_number").toHaveCount(0);
    await contains(".o_field_widget[name=number] input").edit("");
    expect(".o_number_note").toHaveCount(0);
});

test("who may not write the number is offered none", async () => {
    await openPaper(1, 'readonly="1"');
    expect(".o_take_number").toHaveCount(0);
});
