import { deserializeDate, formatDate, formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";

/** @param {string|false} day ISO; as the user's language writes days */
export function dayText(day) {
    return day ? formatDate(deserializeDate(day)) : "";
}

/** @param {luxon.DateTime} moment day and time, to the minute */
export function momentText(moment) {
    return formatDateTime(moment, { format: `${localization.dateFormat} HH:mm` });
}

/** @param {number|false} left days to the last day, negative past it */
export function howFar(left) {
    if (left === false) {
        return "";
    }
    if (left > 1) {
        return _t("%s days left", left);
    }
    if (left < -1) {
        return _t("%s days late", -left);
    }
    return { "-1": _t("1 day late"), 0: _t("today"), 1: _t("1 day left") }[left];
}

/** Beside the colour there is always the text of :func:`howFar`. */
export function urgency(left) {
    if (left === false || left > 3) {
        return "";
    }
    return left < 0 ? "late" : "soon";
}
