import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { makeMockEnv, mountWithCleanup, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { localization } from "@web/core/l10n/localization";
import { Tasks } from "@cadre_review/screens/tasks";

defineMailModels();

const button = (label) => ({ label, model: "cadre.review.dossier", ids: [1], method: label });
const task = (values) => ({
    ...{ waits: false, due: false, days_left: false, buttons: [], items: [] },
    ...values,
});

async function mountTasks(...tasks) {
    return mountWithCleanup(Tasks, {
        props: { tasks, onButton: (pressed) => expect.step(pressed.label) },
    });
}

test("tasks stand in their order, and say whose turn it is", async () => {
    await mountTasks(
        task({ title: "Hold the conference" }),
        task({ title: "Wait for the office", waits: true })
    );
    expect(queryAllTexts(".o_review_task strong")).toEqual([
        "Hold the conference",
        "Wait for the office",
    ]);
    expect(".o_review_task:eq(0) [role=img]").toHaveAttribute("aria-label", "To do");
    expect(".o_review_task:eq(1) [role=img]").toHaveAttribute(
        "aria-label",
        "Others have to act"
    );
});

test("the last day stands beside the task, in words and not in colour alone", async () => {
    await makeMockEnv();
    patchWithCleanup(localization, { dateFormat: "dd/MM/yyyy" });
    await mountTasks(
        task({ title: "Late", due: "2022-11-30", days_left: -2 }),
        task({ title: "Soon", due: "2022-12-02", days_left: 0 }),
        task({ title: "In time", due: "2022-12-31", days_left: 29 })
    );
    expect(queryAllTexts(".o_review_due")).toEqual([
        "30/11/2022 – 2 days late",
        "02/12/2022 – today",
        "31/12/2022 – 29 days left",
    ]);
    expect(".o_review_task.o_review_late").toHaveCount(1);
    expect(".o_review_task.o_review_soon").toHaveCount(1);
});

test("each button says what it presses: those of a task and those of its items", async () => {
    await mountTasks(
        task({
            title: "Hand in",
            buttons: [button("Submit")],
            items: [
                { kind: "paper", name: "Minutes", button: button("Upload") },
                { kind: "block", name: "No ballots" },
            ],
        })
    );
    await click("button:contains(Submit)");
    await click("button:contains(Upload)");
    expect.verifySteps(["Submit", "Upload"]);
    expect("button:contains(Upload)").toHaveAttribute("aria-label", "Upload: Minutes");
    expect("li li [role=img]:eq(1)").toHaveAttribute("aria-label", "Refuses");
});
