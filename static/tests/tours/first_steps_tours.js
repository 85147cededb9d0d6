import { addTour, openPage, press, type } from "./tour_steps";

const dialog = ".modal:not(.o_inactive_modal)";

const inStep = (name, trigger) => ({ trigger: `div[name='step_${name}'] ${trigger}` });
const toDo = (name) => inStep(name, ".badge:contains('To do')");
const isDone = (name) => inStep(name, ".badge:contains('Done')");
const add = (name) => [
    { ...inStep(name, "button.btn-primary"), run: "click" },
    { trigger: ".o_list_button_add", run: "click" },
    { trigger: ".o_form_view .o_field_widget" },
];
const save = { trigger: ".o_form_button_save", run: "click" };
const back = [
    { trigger: ".o_form_saved" },
    { trigger: ".breadcrumb-item a:contains('First Steps')", run: "click" },
];
const pick = (name, text, place = ".o_form_view") => [
    {
        trigger: `${place} .o_field_widget[name='${name}'] input`,
        run: `edit ${text}`,
    },
    { trigger: `.o-autocomplete--dropdown-item:contains('${text}')`, run: "click" },
];
/** All records of a list are taken into a field of links. */
const takeAll = (page, name) => [
    openPage(page),
    {
        trigger: `.o_field_widget[name='${name}'] .o_field_x2many_list_row_add :is(a, button)`,
        run: "click",
    },
    { trigger: `${dialog} thead .o_list_record_selector input`, run: "click" },
    { trigger: `${dialog} .o_select_button:enabled`, run: "click" },
    { trigger: `.o_field_widget[name='${name}'] .o_data_row` },
];

addTour("cadre_review_first_steps_of_the_administrator", {
    steps: () => [
        ...["authority", "unit", "person", "clerk"].map(toDo),
        ...add("authority"),
        type("name", "Thường trực HĐND Đầu"),
        type("code", "DAU-TT"),
        ...pick("company_id", "Hội đồng Đầu"),
        save,
        ...back,
        isDone("authority"),
        ...add("unit"),
        type("name", "Ban Pháp chế Đầu"),
        type("code", "DAU-BPC"),
        ...pick("authority_id", "Thường trực HĐND Đầu"),
        save,
        ...back,
        isDone("unit"),
        ...add("person"),
        type("name", "Nguyễn Thị Mở Đầu"),
        type("code", "DAU-01"),
        {
            trigger:
                ".o_field_widget[name='post_ids'] .o_field_x2many_list_row_add :is(a, button)",
            run: "click",
        },
        ...pick("unit_id", "Ban Pháp chế Đầu", dialog),
        {
            trigger: `${dialog} .o_field_widget[name='title'] input`,
            run: "edit Trưởng Ban",
        },
        { trigger: `${dialog} .o_field_widget[name='is_head'] input`, run: "check" },
        ...pick("authority_id", "Thường trực HĐND Đầu", dialog),
        { trigger: `${dialog} .o_form_button_save`, run: "click" },
        { trigger: ".o_field_widget[name='post_ids'] .o_data_row" },
        save,
        ...back,
        isDone("person"),
        ...add("clerk"),
        ...pick("user_id", "Chuyên viên Đầu"),
        {
            trigger: ".o_form_view .o_field_widget[name='role'] .o_select_menu_input",
            run: "click",
        },
        // the text alone would find the unit's officer
        { trigger: ".o_select_menu_item:last:contains('Office')", run: "click" },
        ...pick("company_id", "Hội đồng Đầu"),
        save,
        ...back,
        isDone("clerk"),
    ],
});

addTour("cadre_review_first_steps_of_the_office", {
    steps: () => [
        ...["authority", "unit", "person", "clerk"].map(isDone),
        ...["campaign", "open"].map(toDo),
        ...add("campaign"),
        type("name", "Đợt đầu tiên"),
        type("year", "2022"),
        ...pick("owner_id", "Thường trực HĐND Đầu"),
        ...takeAll("units", "unit_ids"),
        ...takeAll("regulations", "regulation_ids"),
        ...takeAll("regulations", "paper_kind_ids"),
        press("action_prepare_opening"),
        {
            trigger: `${dialog} button[name='action_open']:not([disabled])`,
            run: "click",
        },
        // one dossier, none of them accepted yet: it is open
        { trigger: "button[name='action_view_dossiers']:contains('0 / 1')" },
        ...back,
        isDone("campaign"),
        isDone("open"),
    ],
});
