import { describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import {
    contains,
    makeMockEnv,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { Board, folded, pressing } from "@cadre_review/board/board";

describe.current.tags("desktop");
defineMailModels();

const KINDS = [
    { id: 1, code: "1", name: "Report of the collective", short: "Report" },
    { id: 2, code: "2", name: "Minutes", short: "Minutes" },
    { id: 5, code: "5", name: "Comments", short: "Comments" },
];
const PROGRESS = {
    ...{ units: 3, handed_in: 1, accepted: 0, papers: 12, papers_there: 5, late: 1 },
    on_time_rate: false,
};

function unit(id, name, values) {
    return {
        ...{ id, name, state: "preparing", label: "Preparing", round: 1, checker: "" },
        ...{ due: "2022-11-30", days_left: 5, days_late: 0, submitted: false },
        ...{ is_late: false, was_late: false, is_requested: false, is_begun: true },
        ...{ lacking: 0, owed: "", receipts: [0, 0], sets: 0, timeliness: false },
        papers: { 1: [0, 0, 1, 0, 0], 2: [0, 0, 1, 0, 0], 5: [0, 0, 1, 0, 0] },
        ...values,
    };
}

const UNITS = [
    unit(11, "HĐND phường Đức Phổ", { lacking: 2, days_left: 2, owed: "2 sets" }),
    unit(12, "HĐND xã Phổ An", { lacking: 4, days_left: -3, is_late: true }),
    unit(13, "Ban Kinh tế", { days_left: false, is_begun: false }),
];

async function mountBoard(units = UNITS, values = {}) {
    const campaign = { id: 1, name: "2022", label: "Open", state: "open", progress: PROGRESS };
    onRpc("cadre.review.board", "action_read", ({ args }) => {
        expect.step(`read ${args[0]}`);
        return {
            ...{ campaign, campaigns: [{ ...campaign }], only_handed_in: false },
            ...{ kinds: KINDS, units, ...values },
        };
    });
    onRpc("cadre.review.board", "action_read_levels", () => []);
    await makeMockEnv({ config: { breadcrumbs: [], getDisplayName: () => "Board" } });
    const board = await mountWithCleanup(Board, { props: { action: {} } });
    expect.verifySteps(["read false"]);
    return board;
}

const shown = () => queryAllTexts(".o_review_units .o_review_unit");

test("what is searched has neither accents nor “đ”", () => {
    expect(folded("Đức Phổ")).toBe("duc pho");
    expect(folded("ĐẶNG đình Ưởng")).toBe("dang dinh uong");
});

test("a cell of several papers shows the state that presses most", () => {
    expect(pressing([1, 1, 1, 1, 1])).toBe("requested");
    expect(pressing([1, 1, 1, 1, 0])).toBe("failed");
    expect(pressing([1, 1, 1, 0, 0])).toBe("missing");
    expect(pressing([0, 1, 1, 0, 0])).toBe("provided");
    expect(pressing([0, 0, 1, 0, 0])).toBe("conforming");
});

test("a cell counts the papers that are there, requested ones where they stand", async () => {
    const board = await mountBoard();
    const cell = board.cell(unit(1, "A", { papers: { 5: [1, 2, 3, 0, 2] } }), KINDS[2]);
    expect(cell).toEqual({
        there: 5,
        of: 6,
        state: "requested",
        words: "Comments. Missing: 1, Provided: 2, Conforming: 3, Completion requested: 2",
    });
    expect(board.cell(unit(1, "A", { papers: {} }), KINDS[0])).toBe(null);
});

test("units are found by words of their name, without accents, in any order", async () => {
    await mountBoard();
    await contains(".o_review_search").edit("pho duc", { confirm: false });
    expect(shown()).toEqual(["HĐND phường Đức Phổ"]);
    await contains(".o_review_search").edit("HDND PHO", { confirm: false });
    expect(shown()).toEqual(["HĐND phường Đức Phổ", "HĐND xã Phổ An"]);
    await contains(".o_review_search").edit("không có", { confirm: false });
    expect(".o_review_units").toHaveCount(0);
    expect(".o_review_empty p").toHaveText(
        "None of the 3 units fits what is searched and filtered."
    );
    await click(".o_review_empty button");
    await animationFrame();
    expect(shown()).toHaveLength(3);
});

test("filters count, join, and go off again", async () => {
    await mountBoard();
    const filters = queryAllTexts(".o_review_filters button");
    expect(filters).toEqual([
        "Late (1)",
        "Incomplete (2)",
        "Completion requested (0)",
        "Hard copies owed (1)",
        "Not begun (1)",
    ]);
    await contains("[data-filter=lacking]").click();
    expect(shown()).toEqual(["HĐND phường Đức Phổ", "HĐND xã Phổ An"]);
    await contains("[data-filter=late]").click();
    expect(shown()).toEqual(["HĐND xã Phổ An"]);
    expect("[data-filter=late]").toHaveAttribute("aria-pressed", "true");
    await contains("[data-filter=late]").click();
    await contains("[data-filter=lacking]").click();
    expect(shown()).toHaveLength(3);
});

test("sorted by what presses, and a second click gives back the order of the list", async () => {
    const board = await mountBoard();
    const sorted = async (by) => {
        board.onSort(by);
        await animationFrame();
        return shown();
    };
    const listed = shown();
    expect(await sorted("name")).toEqual([
        "Ban Kinh tế",
        "HĐND phường Đức Phổ",
        "HĐND xã Phổ An",
    ]);
    expect(await sorted("days")).toEqual([
        "HĐND xã Phổ An",
        "HĐND phường Đức Phổ",
        "Ban Kinh tế",
    ]);
    expect((await sorted("lacking"))[0]).toBe("HĐND xã Phổ An");
    expect(await sorted("lacking")).toEqual(listed);
});

test("the last day is told until the hand-in, from then on how it was kept", async () => {
    const board = await mountBoard();
    const days = (values) => String(board.days(unit(1, "A", values)));
    expect(days({ days_left: 2 })).toBe("2 days left");
    expect(days({ submitted: true, days_left: -9, days_late: 2 })).toBe("2 days late");
    expect(days({ submitted: true, timeliness: "in_time" })).toBe("In time");
    expect(days({ submitted: true, timeliness: "permitted" })).toBe("Late with permission");
    expect(board.press(unit(1, "A", { days_left: -1 }))).toBe("late");
    expect(board.press(unit(1, "A", { days_left: -1, timeliness: "in_time" }))).toBe("");
});

test("a share is not rounded up to the whole, and none of nothing is nothing", async () => {
    const board = await mountBoard();
    expect([board.share(199, 200), board.share(1, 1), board.share(0, 0)]).toEqual([99, 100, 0]);
});

test("arrow keys go from cell to cell, over those that only are to be read", async () => {
    const papers = { 1: [0, 0, 1, 0, 0], 5: [0, 0, 1, 0, 0] };
    await mountBoard([UNITS[0], { ...UNITS[1], papers }, UNITS[2]]);
    const at = () => {
        const cell = document.activeElement.closest("td, th");
        return [cell.parentElement.dataset.id, cell.cellIndex];
    };
    queryFirst("tr[data-id='11'] .o_review_unit").focus();
    const steps = [
        ["ArrowRight", ["11", 4]], // over state, last day and round
        ["ArrowRight", ["11", 5]],
        ["ArrowDown", ["13", 5]], // over the unit without minutes
        ["ArrowDown", ["13", 5]], // there is no further one
        ["ArrowUp", ["11", 5]],
        ["ArrowLeft", ["11", 4]],
        ["ArrowLeft", ["11", 0]],
        ["ArrowLeft", ["11", 0]],
    ];
    for (const [key, place] of steps) {
        await press(key);
        expect(at()).toEqual(place);
    }
});

test("a cell opens its papers, and is found again on the way back", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    const board = await mountBoard();
    await click("tr[data-id='12'] td:eq(3) button");
    expect.verifySteps([
        {
            type: "ir.actions.act_window",
            name: "Report – HĐND xã Phổ An",
            res_model: "cadre.review.paper",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [
                ["dossier_id", "=", 12],
                ["kind_id", "=", 1],
            ],
        },
    ]);
    await animationFrame();
    expect("tr.o_review_last").toHaveAttribute("data-id", "12");
    expect(board.state.unitId).toBe(12);
});

test("another campaign is read with its own filters", async () => {
    const board = await mountBoard();
    await contains("[data-filter=late]").click();
    await board.onCampaign(2);
    expect.verifySteps(["read 2"]);
    expect(board.state.filters).toEqual([]);
});

test("a board without units says what comes next", async () => {
    await mountBoard([]);
    expect(".o_review_empty").toHaveText(/No unit is in the scope of this campaign/);
});
