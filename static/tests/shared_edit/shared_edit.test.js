import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    clickSave,
    contains,
    defineModels,
    fields,
    makeServerError,
    models,
    mountView,
    onRpc,
    patchWithCleanup,
    serverState,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { browser } from "@web/core/browser/browser";
import { FormController } from "@web/views/form/form_controller";

describe.current.tags("desktop");

class Comment extends models.Model {
    _name = "comment";

    name = fields.Char();
    conclusion = fields.Text();
    writer_id = fields.Many2one({ relation: "res.partner" });
    day = fields.Date();
    line_ids = fields.One2many({ relation: "comment.line", relation_field: "comment_id" });

    _records = [
        {
            ...{ id: 1, name: "Comment on A", conclusion: "as it was", day: "2022-11-30" },
            ...{ writer_id: serverState.partnerId, line_ids: [11, 12] },
        },
        { id: 2, name: "Comment on B", conclusion: "of B" },
    ];
}

class CommentLine extends models.Model {
    _name = "comment.line";

    name = fields.Char();
    text = fields.Char();
    comment_id = fields.Many2one({ relation: "comment" });

    _records = [
        { id: 11, name: "Discipline", text: "kept", comment_id: 1 },
        { id: 12, name: "Results", text: "good", comment_id: 1 },
    ];
}

defineMailModels();
defineModels([Comment, CommentLine]);

const FORM = /* xml */ `
    <form js_class="cadre_review_shared_form">
        <field name="name"/>
        <field name="conclusion"/>
        <field name="writer_id"/>
        <field name="day"/>
        <field name="line_ids">
            <list editable="bottom">
                <field name="name"/>
                <field name="text"/>
            </list>
        </field>
    </form>`;

const conflictOn = (field, now, values) => ({
    ...{ kind: "change", path: [], id: 1, field, title: field, change: "", now },
    ...{ now_text: now, mine_text: "mine", ...values },
});

/** Values without the marks, as the server's mixin takes them out. */
function taken({ _seen, _over, ...values }) {
    for (const commands of Object.values(values).filter(Array.isArray)) {
        for (const command of commands) {
            if (command[2]) {
                command[2] = command[0] === 2 ? false : taken(command[2]);
            }
        }
    }
    return values;
}

let saves;

/**
 * The server, which keeps in `saves` what it was sent; the conflicts given refuse one
 * save each.
 *
 * @param {Object[][]} refusals
 */
function answerSaves(...refusals) {
    onRpc("web_save", ({ args, parent }) => {
        saves.push(JSON.parse(JSON.stringify(args[1])));
        const conflicts = refusals.shift();
        if (conflicts) {
            throw makeServerError({ context: { shared_edit: { message: "refused", conflicts } } });
        }
        args[1] = taken(args[1]);
        return parent();
    });
}

const openForm = (resId = 1) => mountView({ type: "form", resModel: "comment", resId, arch: FORM });
const type = (field, text) =>
    contains(`.o_field_widget[name=${field}] input, .o_field_widget[name=${field}] textarea`).edit(
        text
    );

beforeEach(() => {
    browser.sessionStorage.clear();
    saves = [];
});

// ------------------------------------------------------------------
// WHAT IS SENT
// ------------------------------------------------------------------

test("of the changed fields, what was shown before is sent, and of no others", async () => {
    answerSaves();
    await openForm();
    await type("conclusion", "mine");
    await contains(".o_field_widget[name=day] button").click();
    await type("day", "12/01/2022");
    await clickSave();
    expect(saves).toEqual([
        {
            ...{ conclusion: "mine", day: "2022-12-01" },
            _seen: { 1: { conclusion: "as it was", day: "2022-11-30" } },
        },
    ]);
});

test("a link is sent as its id, an empty field as false", async () => {
    answerSaves();
    await openForm(2);
    await contains(".o_field_widget[name=writer_id] input").click();
    await contains(".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)").click();
    await clickSave();
    expect(saves[0].writer_id).toBeOfType("integer");
    expect(saves[0]._seen).toEqual({ 2: { writer_id: false } });
});

test("what was seen is what stood there first, however often it is changed", async () => {
    answerSaves();
    await openForm();
    await type("conclusion", "one");
    await type("conclusion", "two");
    await clickSave();
    expect(saves).toEqual([{ conclusion: "two", _seen: { 1: { conclusion: "as it was" } } }]);
});

test("what was saved is what is seen next, and nothing is written over any more", async () => {
    answerSaves([conflictOn("conclusion", "theirs")]);
    await openForm();
    await type("conclusion", "mine");
    await clickSave();
    await click(".o_shared_edit_keep");
    await animationFrame();
    await type("conclusion", "mine, later");
    await clickSave();
    expect(saves).toEqual([
        { conclusion: "mine", _seen: { 1: { conclusion: "as it was" } } },
        { conclusion: "mine", _seen: { 1: { conclusion: "theirs" } }, _over: ["conclusion"] },
        { conclusion: "mine, later", _seen: { 1: { conclusion: "mine" } } },
    ]);
});

test("a new record was seen by nobody", async () => {
    answerSaves();
    await openForm(false);
    await type("conclusion", "new");
    await clickSave();
    expect(saves).toHaveLength(1);
    expect(Object.keys(saves[0])).not.toInclude("_seen");
});

test("a changed line sends what was shown of it", async () => {
    answerSaves();
    await openForm();
    await contains(".o_data_row:eq(0) [name=text]").click();
    await contains(".o_data_row:eq(0) [name=text] input").edit("broken");
    await clickSave();
    expect(saves).toEqual([
        {
            line_ids: [[1, 11, { text: "broken", _seen: { 11: { text: "kept" } } }]],
            _seen: { 1: {} },
        },
    ]);
});

test("a deleted line sends all that was shown of it", async () => {
    answerSaves();
    await openForm();
    await contains(".o_data_row:eq(1) .o_list_record_remove").click();
    await clickSave();
    expect(saves).toEqual([
        {
            line_ids: [[2, 12, { _seen: { 12: { name: "Results", text: "good" } }, _over: [] }]],
            _seen: { 1: {} },
        },
    ]);
});

test("a new line is told of its parent without the marks", async () => {
    onRpc("comment.line", "onchange", ({ args }) => {
        expect.step(JSON.stringify(args).includes("_seen"));
    });
    await openForm();
    await type("conclusion", "mine");
    await contains(".o_field_x2many_list_row_add a").click();
    expect.verifySteps([false]);
});

test("who looks at what was saved meets no marks", async () => {
    answerSaves();
    patchWithCleanup(FormController.prototype, {
        onRecordSaved(record, changes) {
            expect.step(Object.keys(changes));
        },
    });
    await openForm();
    await type("conclusion", "mine");
    await clickSave();
    expect.verifySteps([["conclusion"]]);
});

test("one value on several rows of a list sends what was shown of each", async () => {
    answerSaves();
    await mountView({
        ...{ type: "list", resModel: "comment" },
        arch: /* xml */ `
            <list js_class="cadre_review_shared_list" multi_edit="1">
                <field name="conclusion"/>
            </list>`,
    });
    await click(".o_data_row:eq(0) .o_list_record_selector input");
    await click(".o_data_row:eq(1) .o_list_record_selector input");
    await animationFrame();
    await contains(".o_data_row:eq(0) [name=conclusion]").click();
    await contains(".o_data_row:eq(0) [name=conclusion] textarea").edit("same", {
        confirm: false,
    });
    await contains(".o_list_renderer").click();
    await contains(".modal-footer .btn-primary").click();
    expect(saves).toEqual([
        {
            conclusion: "same",
            _seen: { 1: { conclusion: "as it was" }, 2: { conclusion: "of B" } },
        },
    ]);
});

// ------------------------------------------------------------------
// WHAT THE USER CHOOSES
// ------------------------------------------------------------------

const REFUSED = { conclusion: "mine", _seen: { 1: { conclusion: "as it was" } } };

async function refused(...conflicts) {
    answerSaves(conflicts);
    await openForm();
    await type("conclusion", "mine");
    await clickSave();
    expect(".o_cadre_review_shared_edit").toHaveCount(1);
    expect(saves).toEqual([REFUSED]);
}

const choose = async (choice) => {
    await click(`.o_shared_edit_${choice}`);
    await animationFrame();
};
const shows = (field) => `.o_field_widget[name=${field}] :is(input, textarea)`;

test("back: the text is there, not saved, and is asked about anew", async () => {
    await refused(conflictOn("conclusion", "theirs"));
    await choose("back");
    expect(".o_cadre_review_shared_edit").toHaveCount(0);
    expect(shows("conclusion")).toHaveValue("mine");
    expect(saves).toHaveLength(1);
    await clickSave();
    expect(saves).toEqual([REFUSED, REFUSED]);
});

test("mine: what the other wrote has been seen, and is knowingly written over", async () => {
    await refused(conflictOn("conclusion", "theirs"));
    await choose("keep");
    expect(saves[1]).toEqual({
        conclusion: "mine",
        ...{ _seen: { 1: { conclusion: "theirs" } }, _over: ["conclusion"] },
    });
    expect(shows("conclusion")).toHaveValue("mine");
});

test("theirs: it is shown, and only the rest is saved", async () => {
    answerSaves([conflictOn("conclusion", "theirs")]);
    await openForm();
    await type("conclusion", "mine");
    await type("name", "another name");
    await clickSave();
    await choose("theirs");
    expect(saves).toHaveLength(2);
    expect(saves[1]).toEqual({ name: "another name", _seen: { 1: { name: "Comment on A" } } });
});

test("theirs, of a line that is gone: what was typed on it is let go", async () => {
    const gone = { kind: "gone", path: [["line_ids", 11]], id: 11, field: false };
    answerSaves([conflictOn(false, false, gone)]);
    await openForm();
    await type("name", "another name");
    await contains(".o_data_row:eq(0) [name=text]").click();
    await contains(".o_data_row:eq(0) [name=text] input").edit("broken");
    await clickSave();
    await choose("theirs");
    expect(saves).toHaveLength(2);
    expect(saves[1]).toEqual({ name: "another name", _seen: { 1: { name: "Comment on A" } } });
});

test("discard: the record is read anew and nothing is saved", async () => {
    await refused(conflictOn("conclusion", "theirs", { kind: "closed" }));
    await choose("discard");
    expect(shows("conclusion")).toHaveValue("as it was");
    expect(saves).toHaveLength(1);
});

test("any other error is Odoo's to show", async () => {
    expect.errors(1);
    onRpc("web_save", () => {
        throw makeServerError({ message: "something else" });
    });
    await openForm();
    await type("conclusion", "mine");
    await clickSave();
    expect(".o_cadre_review_shared_edit").toHaveCount(0);
    expect.verifyErrors(["something else"]);
});

// ------------------------------------------------------------------
// PAGES THAT CLOSE
// ------------------------------------------------------------------

const KEY = "cadre_review.typed:comment:1";

test("a text is kept until the answer comes, and not longer", async () => {
    onRpc("web_save", ({ args, parent }) => {
        expect.step(JSON.parse(browser.sessionStorage.getItem(KEY))[0].mine_text);
        args[1] = taken(args[1]);
        return parent();
    });
    await openForm();
    await type("conclusion", "mine");
    await clickSave();
    expect.verifySteps(["mine"]);
    expect(browser.sessionStorage.getItem(KEY)).toBe(null);
});

test("a text that got no answer is shown the next time, once", async () => {
    const typed = [
        {
            ...{ kind: "closed", path: [], model: "comment", id: 1, field: "conclusion" },
            ...{ type: "text", title: "Conclusion", change: "", mine_text: "mine" },
        },
    ];
    browser.sessionStorage.setItem(KEY, JSON.stringify(typed));
    await openForm();
    await animationFrame();
    expect(".o_cadre_review_shared_edit .modal-title").toHaveText("Perhaps not saved");
    expect(queryAllTexts(".o_shared_edit_now > div:last-child")).toEqual(["as it was"]);
    expect(browser.sessionStorage.getItem(KEY)).toBe(null);
});
