import { expect, test } from "@odoo/hoot";
import { Component, xml } from "@odoo/owl";
import { mockService, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";

import { useButtons } from "@cadre_review/screens/buttons";

defineMailModels();

test("a button calls its method on its records, and what it opened is read anew", async () => {
    mockService("action", {
        doActionButton({ onClose, ...pressed }) {
            expect.step(pressed);
            onClose();
        },
    });
    class Screen extends Component {
        static template = xml`<div/>`;
        static props = {};
        setup() {
            this.onButton = useButtons({ refresh: () => expect.step("read again") });
        }
    }
    const screen = await mountWithCleanup(Screen);
    await screen.onButton({ model: "cadre.review.dossier", ids: [7], method: "action_submit" });
    expect.verifySteps([
        {
            type: "object",
            resModel: "cadre.review.dossier",
            resIds: [7],
            name: "action_submit",
        },
        "read again",
    ]);
});
