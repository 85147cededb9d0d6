import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { contains, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { Levels } from "@cadre_review/board/levels";

describe.current.tags("desktop");
defineMailModels();

const counts = [
    ["Excellent", 3],
    ["Good", 5],
    ["Completed", 0],
    ["Failed", 0],
];
const line = (id, values) => ({
    ...{ id, name: `Place ${id}`, scope: "group", is_capped: true, counts, without: 2 },
    ...{ verdict: "within", label: "Within", allowed: "2", base: "", ...values },
});

async function mountLevels(...lines) {
    onRpc("cadre.review.board", "action_read_levels", ({ args }) => {
        expect.step(args[0]);
        return lines;
    });
    const levels = await mountWithCleanup(Levels, { props: { campaignId: 4, at: {} } });
    expect.verifySteps([4]);
    return levels;
}

test("verdicts are counted over the capped places", async () => {
    await mountLevels(
        line(1),
        line(2),
        line(3, { verdict: "over", label: "Over the cap" }),
        line(4, { is_capped: false, verdict: "over" })
    );
    expect(queryAllTexts(".badge")).toEqual(["Within: 2", "Over the cap: 1"]);
});

test("shown are whole authorities, and of the capped places those not simply within", async () => {
    await mountLevels(
        line(1),
        line(2, { verdict: "over" }),
        line(3, { scope: "authority", is_capped: false })
    );
    await contains(".o_review_levels button").click();
    expect(queryAllTexts("tbody th")).toEqual(["Place 2", "Place 3"]);
});

test("shares are of all that are to be rated, those without a level included", async () => {
    const levels = await mountLevels(line(1));
    expect(levels.rated(line(1))).toBe(8);
    expect(levels.share(line(1), 3)).toBe(30);
    expect(levels.words(line(1))).toBe("Excellent: 3, Good: 5");
    const nobody = line(2, { counts: [["Excellent", 0]], without: 0 });
    expect(levels.share(nobody, 0)).toBe(0);
});

test("nothing is shown of a campaign without lines", async () => {
    await mountLevels();
    expect(".o_review_levels").toHaveCount(0);
});
