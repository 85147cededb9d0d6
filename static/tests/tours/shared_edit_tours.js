import { browser } from "@web/core/browser/browser";

import { addTour, inState, openPage, press, type, typeRow } from "./tour_steps";

const DIALOG = ".o_cadre_review_shared_edit";
const THEIRS = "của người kia";
const MINE = "của tôi";

const cookie = (name) =>
    document.cookie
        .split("; ")
        .find((pair) => pair.startsWith(`${name}=`))
        .slice(name.length + 1);

/** Somebody else, with their own key, calls the server while this page is open. */
const elsewhere = (model, method, id, values = {}) => ({
    trigger: "body",
    async run() {
        const response = await fetch(`/json/2/${model}/${method}`, {
            method: "POST",
            credentials: "omit",
            headers: {
                Authorization: `bearer ${cookie("other_key")}`,
                "Content-Type": "application/json",
            },
            body: JSON.stringify({ ids: [parseInt(cookie(id))], ...values }),
        });
        if (!response.ok) {
            throw new Error(await response.text());
        }
    },
});

const save = {
    trigger: ".o_form_button_save:visible",
    run: "click",
};

const saved = {
    trigger: ".o_form_view:not(:has(.o_form_button_save:visible))",
};

const told = (title, ...texts) => ({
    trigger: `${DIALOG} section:has(header:contains('${title}')):contains('${texts.join(
        "'):contains('"
    )}')`,
});

const answer = (choice) => ({
    trigger: `${DIALOG} .o_shared_edit_${choice}`,
    run: "click",
});

const reads = (name, text) => ({
    trigger: `.o_form_view .o_field_widget[name='${name}']`,
    async run({ anchor }) {
        const shown = () => anchor.querySelector("textarea, input")?.value;
        for (let tenths = 0; shown() !== text; tenths++) {
            if (tenths === 30) {
                throw new Error(`${name} reads “${shown()}”, not “${text}”`);
            }
            await new Promise((resolve) => setTimeout(resolve, 100));
        }
    },
});

const writeElsewhere = (vals) =>
    elsewhere("cadre.review.opinion", "write", "opinion_id", { vals });

addTour("cadre_review_shared_edit_keeps_mine", {
    steps: () => [
        openPage("conclusion"),
        type("conclusion", MINE),
        writeElsewhere({ conclusion: THEIRS, strengths: "khen" }),
        save,
        told("Conclusion", "head_a", THEIRS, MINE),
        answer("back"),
        { trigger: `body:not(:has(${DIALOG}))` },
        // still dirty, with the text in it
        reads("conclusion", MINE),
        save,
        told("Conclusion", THEIRS, MINE),
        answer("keep"),
        saved,
        reads("conclusion", MINE),
        reads("strengths", "khen"),
    ],
});

addTour("cadre_review_shared_edit_takes_theirs", {
    steps: () => [
        openPage("conclusion"),
        type("conclusion", MINE),
        type("shortcomings", "thấy thêm"),
        writeElsewhere({ conclusion: THEIRS }),
        save,
        told("Conclusion", THEIRS, MINE),
        answer("theirs"),
        saved,
        reads("conclusion", THEIRS),
        reads("shortcomings", "thấy thêm"),
    ],
});

addTour("cadre_review_shared_edit_lines", {
    steps: () => [
        openPage("criteria"),
        ...typeRow("line_ids", 0, { strengths: MINE }),
        elsewhere("cadre.review.opinion.line", "write", "line_id", {
            vals: { strengths: THEIRS },
        }),
        save,
        told("Result, Strengths", THEIRS, MINE),
        answer("theirs"),
        saved,
        {
            trigger: `.o_field_widget[name='line_ids'] .o_data_row:first:contains('${THEIRS}')`,
        },
        ...typeRow("line_ids", 0, { strengths: MINE }),
        elsewhere("cadre.review.opinion.line", "write", "line_id", {
            vals: { strengths: "lại đổi" },
        }),
        save,
        told("Result, Strengths", "lại đổi", MINE),
        answer("keep"),
        saved,
        {
            trigger: `.o_field_widget[name='line_ids'] .o_data_row:first:contains('${MINE}')`,
        },
    ],
});

addTour("cadre_review_shared_edit_closed", {
    steps: () => [
        openPage("conclusion"),
        type("conclusion", MINE),
        elsewhere("cadre.review.opinion", "action_confirm", "opinion_id"),
        save,
        { trigger: `${DIALOG}:contains('Confirmed')` },
        told("Conclusion", MINE),
        answer("back"),
        reads("conclusion", MINE),
        save,
        answer("discard"),
        inState("confirmed"),
    ],
});

addTour("cadre_review_shared_edit_button", {
    steps: () => [
        type("place", MINE),
        elsewhere("cadre.review.conference", "write", "conference_id", {
            vals: { place: THEIRS },
        }),
        press("action_hold"),
        told("Venue", THEIRS, MINE),
        answer("keep"),
        // the save went on into the step, which names what is missing
        { trigger: ".modal .modal-body:contains('This cannot be done yet')" },
        {
            trigger: ".modal .modal-footer button",
            run: "click",
        },
        saved,
        reads("place", MINE),
    ],
});

addTour("cadre_review_shared_edit_list", {
    steps: () => [
        {
            trigger: ".o_list_view .o_data_row .o_data_cell[name='progress']",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name='progress'] textarea",
            run: `edit ${MINE}`,
        },
        elsewhere("cadre.review.shortcoming", "write", "shortcoming_id", {
            vals: { progress: THEIRS },
        }),
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        told("Progress", THEIRS, MINE),
        answer("back"),
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        told("Progress", THEIRS, MINE),
        answer("keep"),
        { trigger: `.o_list_view .o_data_row:not(.o_selected_row):contains('${MINE}')` },
    ],
});

addTour("cadre_review_shared_edit_several_rows", {
    steps: () => [
        {
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row .o_data_cell[name='number']",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name='number'] input",
            run: `edit ${MINE}`,
        },
        elsewhere("cadre.review.paper", "write", "paper_id", {
            vals: { number: THEIRS },
        }),
        {
            trigger: ".o_control_panel, .o_list_view th",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        told("Number", THEIRS, MINE),
        {
            trigger: `${DIALOG} .modal-footer .btn-primary`,
            run: "click",
        },
        { trigger: `body:not(:has(${DIALOG})) .o_list_view` },
    ],
});

const loadAnew = {
    trigger: "body",
    run: () => browser.location.reload(),
    expectUnloadPage: true,
};

addTour("cadre_review_shared_edit_page_closed", {
    steps: () => [
        openPage("conclusion"),
        type("conclusion", "đã lưu khi đóng"),
        loadAnew,
        openPage("conclusion"),
        reads("conclusion", "đã lưu khi đóng"),
        { trigger: `body:not(:has(${DIALOG}))` },
        type("conclusion", MINE),
        writeElsewhere({ conclusion: THEIRS }),
        loadAnew,
        told("Conclusion", THEIRS, MINE),
        {
            trigger: `${DIALOG} .modal-footer .btn-primary`,
            run: "click",
        },
        openPage("conclusion"),
        reads("conclusion", THEIRS),
    ],
});
