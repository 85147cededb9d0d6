import { describe, expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { makeDialogMockEnv, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { SharedEditDialog } from "@cadre_review/shared_edit/shared_edit_dialog";

describe.current.tags("desktop");
defineMailModels();

const conflict = (kind, path = []) => ({
    ...{ kind, path, id: 1, field: "conclusion", title: "Comment – Conclusion" },
    ...{ change: "changed by A on a day", now: "theirs", now_text: "theirs" },
    mine_text: "mine",
});

/** @returns {Promise<string[]>} the buttons that are offered */
async function offered(conflicts, canChoose = true) {
    await makeDialogMockEnv();
    await mountWithCleanup(SharedEditDialog, {
        props: {
            ...{ message: "Somebody else changed this.", conflicts },
            ...(canChoose && { choose: (choice) => expect.step(choice) }),
            close: () => expect.step("close"),
        },
    });
    return queryAllTexts("footer button");
}

test("a field that somebody changed: theirs, mine, or back", async () => {
    expect(await offered([conflict("change")])).toEqual([
        "Back to my text",
        "Take theirs",
        "Keep mine, write over theirs",
    ]);
    expect(".o_shared_edit_now").toHaveText(/theirs$/);
    expect(".o_shared_edit_mine").toHaveText(/mine$/);
    await click(".o_shared_edit_keep");
    expect.verifySteps(["mine", "close"]);
});

test("a line that is gone can be let go, not kept", async () => {
    expect(await offered([conflict("change"), conflict("gone", [["line_ids", 8]])])).toEqual([
        "Back to my text",
        "Take theirs",
    ]);
});

test("a record that is closed is only discarded", async () => {
    expect(await offered([conflict("closed")])).toEqual(["Back to my text", "Discard my text"]);
    await click(".o_shared_edit_discard");
    expect.verifySteps(["discard", "close"]);
});

test("the record itself that is gone is only discarded", async () => {
    expect(await offered([conflict("gone")])).toEqual(["Back to my text", "Discard my text"]);
});

test("where no form is open any more, the text is there to copy", async () => {
    expect(await offered([conflict("change")], false)).toEqual(["Close"]);
    expect(".o_shared_edit_mine button").toHaveText("Copy");
});
