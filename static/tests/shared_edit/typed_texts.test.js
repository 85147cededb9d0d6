import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { browser } from "@web/core/browser/browser";

import { forgetTyped, keepTyped, lostTexts } from "@cadre_review/shared_edit/typed_texts";

describe.current.tags("headless");

const FIELDS = {
    conclusion: { type: "text", string: "Conclusion" },
    proceedings: { type: "html", string: "Proceedings" },
    level: { type: "selection", string: "Level" },
    line_ids: { type: "one2many", string: "Lines" },
};
const KEY = "cadre_review.typed:cadre.review.opinion:3";

const recordOf = (changes, values) => ({
    resModel: "cadre.review.opinion",
    resId: 3,
    fields: FIELDS,
    data: { display_name: "Comment" },
    _changes: changes,
    ...values,
});

/** The server, with what it holds now. */
const ormOf = (stored) => ({
    async searchRead(model, domain, names) {
        expect.step([model, domain[0][2], names]);
        return stored[model] || [];
    },
});

beforeEach(() => browser.sessionStorage.clear());

test("texts that were changed are kept, other values are not", () => {
    expect(keepTyped(recordOf({ level: "good" }))).toBe(false);
    expect(browser.sessionStorage.getItem(KEY)).toBe(null);
    expect(keepTyped(recordOf({ conclusion: "mine", level: "good" }))).toBe(true);
    const [typed, ...others] = JSON.parse(browser.sessionStorage.getItem(KEY));
    expect(others).toEqual([]);
    expect(typed).toEqual({
        ...{ kind: "closed", path: [], model: "cadre.review.opinion", id: 3 },
        ...{ field: "conclusion", type: "text", title: "Comment – Conclusion" },
        ...{ change: "", mine_text: "mine" },
    });
});

test("texts of lines are kept with their place; a new line has none on the server", () => {
    const line = (resId, name) => ({
        ...{ resModel: "cadre.review.opinion.line", resId, fields: FIELDS },
        ...{ data: { name }, _changes: { conclusion: `on ${name}` } },
    });
    const lines = { _cache: { 8: line(8, "Discipline"), virtual_1: line(false, "new") } };
    keepTyped(recordOf({ line_ids: lines }));
    const [typed, ...others] = JSON.parse(browser.sessionStorage.getItem(KEY));
    expect(others).toEqual([]);
    expect(typed.path).toEqual([["line_ids", 8]]);
    expect(typed.title).toBe("Comment › Discipline – Conclusion");
    expect(typed.mine_text).toBe("on Discipline");
});

test("an answer that came takes them away", async () => {
    keepTyped(recordOf({ conclusion: "mine" }));
    forgetTyped(recordOf({}));
    expect(await lostTexts(recordOf({}), ormOf({}))).toEqual([]);
    expect.verifySteps([]);
});

test("lost are those that are not what is stored now", async () => {
    keepTyped(recordOf({ conclusion: "mine", proceedings: "<p>One &amp; <b>two</b></p>" }));
    const stored = { id: 3, conclusion: "theirs", proceedings: "<p>One &amp; two</p>" };
    const lost = await lostTexts(recordOf({}), ormOf({ "cadre.review.opinion": [stored] }));
    expect(lost.map(({ field, now_text }) => [field, now_text])).toEqual([
        ["conclusion", "theirs"],
    ]);
    expect.verifySteps([["cadre.review.opinion", [3, 3], ["conclusion", "proceedings"]]]);
});

test("a row that is gone has lost what was typed on it", async () => {
    keepTyped(recordOf({ conclusion: "mine" }));
    const [lost] = await lostTexts(recordOf({}), ormOf({}));
    expect(lost.now_text).toBe("");
    expect(lost.mine_text).toBe("mine");
    expect.verifySteps([["cadre.review.opinion", [3], ["conclusion"]]]);
});

test("texts of one record are nothing to another", async () => {
    keepTyped(recordOf({ conclusion: "mine" }));
    expect(await lostTexts(recordOf({}, { resId: 4 }), ormOf({}))).toEqual([]);
});
