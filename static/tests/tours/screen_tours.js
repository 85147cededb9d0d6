import { addTour, press } from "./tour_steps";

const unit = (text) => `.o_review_unit:contains('${text}')`;
const task = (code) => `.o_review_task[data-code='${code}']`;

const search = (text) => ({
    trigger: ".o_review_search",
    run: `edit ${text}`,
});

/** The office filters, searches without accents, opens a cell, and comes back to it. */
addTour("cadre_review_board_of_the_office", {
    steps: () => [
        { trigger: unit("phường Đức A") },
        { trigger: `.o_review_units:has(${unit("xã B")})` },
        { trigger: "[data-filter='requested']", run: "click" },
        { trigger: ".o_review_empty", content: "nothing fits, and it is said" },
        { trigger: ".o_review_empty button", run: "click" },
        { trigger: "[data-filter='lacking'][aria-pressed='false']", run: "click" },
        search("duc"),
        { trigger: `.o_review_units tbody:not(:has(${unit("xã B")}))` },
        { trigger: unit("phường Đức A"), run: ({ anchor }) => anchor.focus() },
        // over state, day and round to the first cell that can be opened
        { trigger: ".o_review_units :focus", run: "press ArrowRight" },
        { trigger: ".o_review_units .o_review_cell:focus", run: "click" },
        { trigger: ".o_list_view .o_data_row" },
        { trigger: ".o_back_button a, .breadcrumb-item a", run: "click" },
        { trigger: ".o_review_last" },
        {
            trigger: "[data-filter='lacking'][aria-pressed='true']",
            content: "the filter is kept",
        },
        {
            trigger: ".o_review_search",
            run({ anchor }) {
                if (anchor.value !== "duc") {
                    throw new Error("the search was lost");
                }
            },
        },
        search(" "),
        { trigger: "[data-filter='lacking']", run: "click" },
        { trigger: unit("xã B"), run: "click" },
        { trigger: ".o_form_view .o_statusbar_status" },
    ],
});

/** The authority reads levels against the caps, and comes to the caps board. */
addTour("cadre_review_board_of_the_authority", {
    steps: () => [
        { trigger: unit("phường Đức A") },
        { trigger: ".o_review_levels button[aria-expanded='false']", run: "click" },
        { trigger: ".o_review_levels table th:contains('Thử')" },
        { trigger: ".o_review_levels .btn-link", run: "click" },
        { trigger: ".o_list_view" },
    ],
});

/** An officer sees what is to do, and drops two files that find their papers. */
addTour("cadre_review_desk_of_the_unit", {
    steps: () => [
        { trigger: `${task("conference")}:contains('25')` },
        { trigger: ".o_review_step_now:contains('Self')" },
        {
            trigger: ".o_review_files",
            async run({ anchor }) {
                const files = new DataTransfer();
                for (const name of ["2 bien ban.pdf", "1 bao cao ket qua.pdf"]) {
                    files.items.add(
                        new File(["%PDF-1.4\n%%EOF\n"], name, { type: "application/pdf" })
                    );
                }
                anchor.files = files.files;
                anchor.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".o_field_widget[name='line_ids'] .o_data_row:eq(1) .o_tag" },
        press("action_place"),
        { trigger: ".o_form_view .o_statusbar_status" },
    ],
});

/** The head hands in from the desk: two clicks and the reason. */
addTour("cadre_review_desk_of_the_head", {
    steps: () => [
        { trigger: `${task("submit")} button`, run: "click" },
        {
            trigger: ".modal .o_field_widget[name='reason'] textarea",
            run: "edit Tổng hợp gửi sau",
        },
        { trigger: ".modal button[name='action_confirm']", run: "click" },
        { trigger: task("office") },
    ],
});

/** A person on a telephone: writes the self-assessment. */
addTour("cadre_review_page_of_the_person", {
    steps: () => [
        { trigger: `${task("self")}:contains('25') button`, run: "click" },
        { trigger: ".o_form_view .o_field_widget[name='line_ids']" },
    ],
});

/** On a telephone too: what was notified. */
addTour("cadre_review_page_with_a_notice", {
    steps: () => [
        { trigger: ".o_review_notice b" },
        { trigger: ".o_review_year button:contains('Objection')", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name='text']" },
    ],
});
