import { destroy, expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-dom";
import { Component, xml } from "@odoo/owl";
import {
    hideTab,
    makeServerError,
    mountWithCleanup,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { useReading } from "@cadre_review/screens/reading";

defineMailModels();

const MINUTE = 60 * 1000;

/** A screen that shows what `answer` gives; each reading is a step. */
async function mountScreen(answer) {
    class Screen extends Component {
        static template = xml`
            <t t-call="cadre_review.ReadingState"/>
            <p t-out="reading.data ? reading.data.name : ''"/>`;
        static props = {};
        setup() {
            this.reading = useReading(() => {
                expect.step("read");
                return answer();
            });
        }
    }
    return mountWithCleanup(Screen);
}

const refusal = (type) => makeServerError({ type, message: `refused by ${type}` });

test("read when it opens, and again every minute", async () => {
    let number = 0;
    await mountScreen(async () => ({ name: `answer ${++number}` }));
    expect("p").toHaveText("answer 1");
    await advanceTime(MINUTE);
    await animationFrame();
    expect("p").toHaveText("answer 2");
    expect.verifySteps(["read", "read"]);
});

test("not read while nobody looks, and when one comes back", async () => {
    await mountScreen(async () => ({ name: "there" }));
    expect.verifySteps(["read"]);
    await hideTab();
    expect.verifySteps([]);
    document.dispatchEvent(new Event("visibilitychange"));
    expect.verifySteps(["read"]);
});

test("not read any more when it is left", async () => {
    const screen = await mountScreen(async () => ({ name: "there" }));
    expect.verifySteps(["read"]);
    destroy(screen);
    await advanceTime(3 * MINUTE);
    document.dispatchEvent(new Event("visibilitychange"));
    expect.verifySteps([]);
});

test("an answer that a later question has overtaken is dropped", async () => {
    const answers = [Promise.resolve({ name: "first" })];
    const screen = await mountScreen(() => answers.shift());
    const [slow, quick] = [new Deferred(), new Deferred()];
    answers.push(slow, quick);
    screen.reading.refresh();
    screen.reading.refresh();
    quick.resolve({ name: "of now" });
    await animationFrame();
    slow.resolve({ name: "of before" });
    await animationFrame();
    expect("p").toHaveText("of now");
    expect.verifySteps(["read", "read", "read"]);
});

test("a refusal is said on the screen, in place of what was there", async () => {
    let answer = async () => ({ name: "there" });
    const screen = await mountScreen(() => answer());
    for (const type of ["AccessError", "MissingError", "UserError"]) {
        answer = () => Promise.reject(refusal(type));
        await screen.reading.refresh();
        await animationFrame();
        expect(".alert").toHaveText(`refused by ${type}`);
        expect("p").toHaveText("");
    }
    answer = async () => ({ name: "again" });
    await screen.reading.refresh();
    await animationFrame();
    expect(".alert").toHaveCount(0);
    expect("p").toHaveText("again");
    expect.verifySteps(["read", "read", "read", "read", "read"]);
});

test("an error that is no refusal is Odoo's to show", async () => {
    let answer = async () => ({ name: "there" });
    const screen = await mountScreen(() => answer());
    answer = () => Promise.reject(refusal("ValueError"));
    await expect(screen.reading.refresh()).rejects.toThrow();
    expect(screen.reading.refusal).toBe("");
    expect.verifySteps(["read", "read"]);
});

test("a server that does not answer is noted, and what it said before stays", async () => {
    let answer = async () => ({ name: "there" });
    await mountScreen(() => answer());
    answer = () => Promise.reject(new Error("no connection"));
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".alert[role=status]").toHaveText(/^The server did not answer/);
    expect("p").toHaveText("there");
    answer = async () => ({ name: "back" });
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".alert").toHaveCount(0);
    expect("p").toHaveText("back");
    expect.verifySteps(["read", "read", "read"]);
});

test("a session that has ended is said once", async () => {
    expect.errors(1);
    let answer = async () => ({ name: "there" });
    await mountScreen(() => answer());
    answer = () =>
        Promise.reject(makeServerError({ errorName: "odoo.http.SessionExpiredException" }));
    await advanceTime(MINUTE);
    await advanceTime(3 * MINUTE);
    expect.verifySteps(["read", "read"]);
    expect.verifyErrors(["Odoo Server Error"]);
});
