import { describe, expect, test } from "@odoo/hoot";
import { makeMockEnv, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { localization } from "@web/core/l10n/localization";
import { dayText, howFar, momentText, urgency } from "@cadre_review/screens/days";

describe.current.tags("headless");
defineMailModels();

test("days are written as the user's language writes them", async () => {
    await makeMockEnv();
    patchWithCleanup(localization, { dateFormat: "dd/MM/yyyy" });
    expect(dayText("2022-11-30")).toBe("30/11/2022");
    expect(dayText(false)).toBe("");
});

test("a moment is written to the minute", async () => {
    await makeMockEnv();
    patchWithCleanup(localization, { dateFormat: "dd/MM/yyyy" });
    const moment = luxon.DateTime.fromISO("2022-11-30T09:05:41");
    expect(momentText(moment)).toBe("30/11/2022 09:05");
});

test("how far the last day is, in words", async () => {
    await makeMockEnv();
    const words = [5, 2, 1, 0, -1, -2, false].map((left) => String(howFar(left)));
    expect(words).toEqual([
        "5 days left",
        "2 days left",
        "1 day left",
        "today",
        "1 day late",
        "2 days late",
        "",
    ]);
});

test("what presses: three days before, and what is late", () => {
    expect([4, 3, 0, -1, false].map(urgency)).toEqual(["", "soon", "soon", "late", ""]);
});
