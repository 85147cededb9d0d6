import {
    onWillStart,
    onWillUnmount,
    status,
    useComponent,
    useExternalListener,
    useState,
} from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";

import { momentText } from "./days";

const EVERY = 60 * 1000;
// what the server refuses is said on the screen; everything else is Odoo's to show
const SAID = [
    "odoo.exceptions.AccessError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.UserError",
];

/**
 * What a screen shows: read when it opens, again when one comes back to it, and gently
 * meanwhile. What is there stays until the new is there, so nobody loses their place.
 *
 * @param {Function} read resolves to plain values
 * @returns {{data: Object|null, at: luxon.DateTime|null, refusal: string,
 *     isStale: boolean, staleness: string, refresh: Function}} ``isStale``: the last
 *     attempt failed
 */
export function useReading(read) {
    const component = useComponent();
    const reading = useState({ data: null, at: null, refusal: "" });
    Object.assign(reading, { isStale: false, staleness: "" });
    let turn = 0;

    async function refresh() {
        const mine = ++turn;
        try {
            const data = await read();
            // an answer that a later question has overtaken is dropped
            if (mine === turn && status(component) !== "destroyed") {
                Object.assign(reading, { data, at: luxon.DateTime.now() });
                Object.assign(reading, { refusal: "", isStale: false });
            }
        } catch (error) {
            if (!(error instanceof RPCError && SAID.includes(error.exceptionName))) {
                throw error;
            }
            Object.assign(reading, { data: null, refusal: error.data.message });
        }
    }

    /** By itself: a server that does not answer is noted, not shouted. */
    async function refreshQuietly() {
        if (document.visibilityState !== "visible") {
            return;
        }
        try {
            await refresh();
        } catch (error) {
            if (error.exceptionName === "odoo.http.SessionExpiredException") {
                // said once, by Odoo's own window
                browser.clearInterval(timer);
                throw error;
            }
            reading.isStale = true;
            reading.staleness = _t(
                "The server did not answer; shown is what it said at %s.",
                momentText(reading.at)
            );
        }
    }

    reading.refresh = refresh;
    const timer = browser.setInterval(refreshQuietly, EVERY);
    onWillUnmount(() => browser.clearInterval(timer));
    useExternalListener(document, "visibilitychange", refreshQuietly);
    onWillStart(refresh);
    return reading;
}
