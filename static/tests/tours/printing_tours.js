import { rpc } from "@web/core/network/rpc";

import { addTour } from "./tour_steps";

/** The file comes as a download, of which the page shows nothing. */
const untilPrinted = async () => {
    const params = {
        model: "cadre.review.printing",
        method: "search_count",
        args: [[["state", "=", "done"]]],
        kwargs: {},
    };
    while (!(await rpc("/web/dataset/call_kw", params))) {
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
};

const fromPrintMenu = (entry) => [
    {
        trigger: ".o_form_view .o_cp_action_menus .fa-cog",
        run: "click",
    },
    {
        trigger: ".o-dropdown--menu .dropdown-toggle:has(.fa-print)",
        run: "hover",
    },
    {
        trigger: `.o-dropdown--menu .o_menu_item:contains('${entry}')`,
        run: "click",
    },
];

addTour("cadre_review_officer_prints_forms", {
    steps: () => [
        ...fromPrintMenu("Assessment Forms of All"),
        { trigger: "body:not(:has(.o-dropdown--menu))", run: untilPrinted },
    ],
});

addTour("cadre_review_office_prints_many", {
    steps: () => [
        ...fromPrintMenu("Assessment Forms of All"),
        {
            trigger: ".o_list_view .o_data_row:contains('Waiting')",
        },
    ],
});

addTour("cadre_review_office_downloads", {
    steps: () => [
        { trigger: ".o_list_view .o_data_row:contains('Ready')" },
        { trigger: ".o_list_view .o_data_row button[name='action_download']" },
    ],
});
