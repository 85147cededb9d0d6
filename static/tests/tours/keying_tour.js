import { addTour } from "./tour_steps";

const GOOD = "good";
const field = (name) => `.o_field_widget[name='${name}']`;
const focused = (name) => `${field(name)} :is(input, textarea, select):focus`;

/** Typed where Tab has led, and left by Tab: a step fails where the keys do not go. */
const typed = (name, text) => ({ trigger: focused(name), run: `edit ${text} && press Tab` });
const passed = (name) => ({ trigger: focused(name), run: "press Tab" });
const chosen = (name) => ({
    trigger: focused(name),
    run: `select ${GOOD} && press Tab`,
});

const ballots = [
    typed("issued", "9"),
    typed("collected", "9"),
    typed("valid", "9"),
    passed("invalid"),
    passed("votes_excellent"),
    typed("votes_good", "9"),
    passed("votes_completed"),
    passed("votes_failed"),
    chosen("concluded_level"),
];
const collective = [...ballots, chosen("unit_level"), passed("departure_reason")];
const person = [
    chosen("self_level"),
    ...ballots,
    chosen("party_level"),
    chosen("unit_level"),
    passed("departure_reason"),
];

addTour("cadre_review_office_keys_without_the_mouse", {
    steps: () => [
        { trigger: `${field("unit_name")}:contains('phường A')` },
        typed("minutes_number", "03/BB-HĐND"),
        typed("minutes_date", "11/18/2022"),
        passed("date_adopted"),
        typed("date_start", "11/18/2022 08:00:00"),
        typed("date_end", "11/18/2022 11:00:00"),
        typed("place", "Hội trường"),
        typed("chair", "Người Chủ Trì"),
        typed("secretary", "Người Ghi Biên Bản"),
        typed("convened", "9"),
        typed("present", "9"),
        passed("absent"),
        passed("absence_reasons"),
        passed("ballot_mode"),
        passed("source"),
        typed("source_place", "Tủ hồ sơ 2"),
        passed("incoming_number"),
        passed("date_paper"),
        // past the files, into the table
        { trigger: ".o_form_view", run: "press Alt+t" },
        ...collective,
        ...person,
        ...person,
        { trigger: `${field("progress_text")}:contains('3 of 3')` },
        { trigger: ".o_form_view", run: "press Alt+q" },
        // the next unit, from the same place
        { trigger: `${field("unit_name")}:contains('xã B')` },
        { trigger: `${field("source_place")} input:value('Tủ hồ sơ 2')` },
        { trigger: focused("minutes_number") },
        { trigger: ".o_form_view", run: "press Alt+p" },
        { trigger: `${field("unit_name")}:contains('phường A')` },
        // what was keyed is there, and the adopted minutes are not typed again
        { trigger: ".alert:contains('adopted')" },
        { trigger: `${field("progress_text")}:contains('3 of 3')` },
    ],
});
