import { addTour, type } from "./tour_steps";

addTour("cadre_review_office_takes_number", {
    steps: () => [
        {
            trigger: ".o_field_widget[name='number'] .o_take_number:contains('06-KL/TT')",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name='number'] input:value('06-KL/TT')",
        },
        // what was given is another one, which a paper bears already
        type("number", "5-kl/tt && press Tab"),
        {
            trigger: ".o_field_widget[name='number'] .o_number_note:contains('05-KL/TT')",
        },
        type("number", "07-KL/TT && press Tab"),
        {
            trigger: ".o_field_widget[name='number']:not(:has(.o_number_note))",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});
