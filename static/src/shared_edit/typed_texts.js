import { browser } from "@web/core/browser/browser";
import { groupBy } from "@web/core/utils/arrays";

/**
 * Texts that were sent to be saved, kept until the answer comes. A page that is closed
 * or loaded anew gets none: they are compared when it shows the record again. They live
 * as long as the tab: what is written about people is not left on a shared computer.
 */

const TEXTS = ["char", "text", "html"];

const key = ({ resModel, resId }) => `cadre_review.typed:${resModel}:${resId}`;

function plain(type, value) {
    const html = type === "html" && new DOMParser().parseFromString(value, "text/html");
    return html ? html.body.textContent : value || "";
}

/** @returns {Object[]} one item a text that was changed, on the record and its lines */
function typedOn(record, title, path = []) {
    const typed = [];
    for (const [field, value] of Object.entries(record._changes)) {
        const { type, string } = record.fields[field];
        if (TEXTS.includes(type)) {
            typed.push({
                kind: "closed",
                path,
                model: record.resModel,
                id: record.resId,
                field,
                type,
                title: `${title} – ${string}`,
                change: "",
                mine_text: plain(type, `${value || ""}`),
            });
        }
        for (const [id, line] of Object.entries(value?._cache || {})) {
            if (line.resId) {
                const name = line.data.name || line.data.display_name || string;
                const place = [...path, [field, Number(id)]];
                typed.push(...typedOn(line, `${title} › ${name}`, place));
            }
        }
    }
    return typed;
}

/** @returns {boolean} whether there was a text to keep */
export function keepTyped(record) {
    const typed = typedOn(record, record.data.display_name || "");
    if (typed.length) {
        browser.sessionStorage.setItem(key(record), JSON.stringify(typed));
    }
    return typed.length > 0;
}

export function forgetTyped(record) {
    browser.sessionStorage.removeItem(key(record));
}

/** @returns {Promise<Object[]>} what was typed and is not what is stored now */
export async function lostTexts(record, orm) {
    const typed = JSON.parse(browser.sessionStorage.getItem(key(record)) || "[]");
    const stored = {};
    for (const [model, items] of Object.entries(groupBy(typed, "model"))) {
        const ids = items.map((item) => item.id);
        const names = items.map((item) => item.field);
        for (const row of await orm.searchRead(model, [["id", "in", ids]], names)) {
            stored[`${model}:${row.id}`] = row;
        }
    }
    return typed
        .map((item) => {
            const row = stored[`${item.model}:${item.id}`] || {};
            return { ...item, now_text: plain(item.type, row[item.field] || "") };
        })
        .filter((item) => item.now_text !== item.mine_text);
}
