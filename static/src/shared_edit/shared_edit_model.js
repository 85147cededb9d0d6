import { markRaw } from "@odoo/owl";
import { x2ManyCommands } from "@web/core/orm_service";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { omit } from "@web/core/utils/objects";
import { formView } from "@web/views/form/form_view";
import { listView } from "@web/views/list/list_view";
import { RelationalModel } from "@web/model/relational_model/relational_model";

import { SharedEditDialog } from "./shared_edit_dialog";
import { forgetTyped, keepTyped, lostTexts } from "./typed_texts";

// keys beside the fields in the values of a save, read by the server's mixin
const SEEN = "_seen";
const OVER = "_over";

/** What the server says of a save that would write over somebody else's text. */
export const refusalOf = (error) => error?.data?.context?.shared_edit;

/**
 * A record that sends, with what it saves, the values that the user had seen of the
 * fields they changed, and asks them what to do where somebody else was quicker.
 */
export class SharedEditRecord extends RelationalModel.Record {
    setup() {
        this._seen = markRaw({});
        this._over = markRaw(new Set());
        super.setup(...arguments);
    }

    /** Keep what is shown of a field at the moment it is first changed. */
    _applyChanges(changes, serverChanges = {}) {
        for (const fieldName of Object.keys({ ...changes, ...serverChanges })) {
            if (!(fieldName in this._changes)) {
                this._seen[fieldName] = this._shownValue(fieldName);
                this._over.delete(fieldName);
            }
        }
        return super._applyChanges(changes, serverChanges);
    }

    _getChanges(changes = this._changes, options = {}) {
        const values = super._getChanges(changes, options);
        const fieldNames = Object.keys(values);
        if (!this.resId || options.withReadonly || !fieldNames.length) {
            return values;
        }
        for (const fieldName of fieldNames) {
            if (this.fields[fieldName].type === "one2many") {
                values[fieldName] = this._withSeenOfDeleted(fieldName, values[fieldName]);
            }
        }
        // one set of values may be saved on all the selected rows of a list
        const records =
            this.selected && this.model.multiEdit ? this.model.root.selection : [this];
        values[SEEN] = Object.fromEntries(
            records.map((record) => [record.resId, record._seenValues(fieldNames)])
        );
        if (this._over.size) {
            values[OVER] = [...this._over];
        }
        return values;
    }

    /** Whoever deletes a line has read it: so is what they read. */
    _withSeenOfDeleted(fieldName, commands) {
        return commands.map((command) => {
            const [kind, id] = command;
            const line = this.data[fieldName]._cache[id];
            if (kind !== x2ManyCommands.DELETE || !line) {
                return command;
            }
            const seen = { [id]: line._seenValues(line.fieldNames) };
            return [kind, id, { [SEEN]: seen, [OVER]: [...line._over] }];
        });
    }

    _seenValues(fieldNames) {
        const seen = {};
        for (const fieldName of fieldNames) {
            const { type } = this.fields[fieldName];
            if (!["one2many", "many2many", "binary", "properties"].includes(type)) {
                seen[fieldName] =
                    fieldName in this._changes || this._over.has(fieldName)
                        ? this._seen[fieldName]
                        : this._shownValue(fieldName);
            }
        }
        return seen;
    }

    _shownValue(fieldName) {
        const { type } = this.fields[fieldName];
        return ["one2many", "many2many"].includes(type)
            ? undefined
            : this._formatServerValue(type, this.data[fieldName]);
    }

    async _save(options = {}) {
        const { config, _urgentSave: unanswered } = this.model;
        const kept = config.isMonoRecord && this.resId && keepTyped(this);
        const onError = async (error, actions) => {
            const refusal = refusalOf(error);
            if (refusal) {
                return this._settle(refusal, options);
            }
            if (options.onError) {
                return options.onError(error, actions);
            }
            if (!this.isInEdition) {
                await this._load({});
            }
            throw error;
        };
        try {
            return await super._save({ ...options, onError });
        } finally {
            if (kept && !unanswered) {
                forgetTyped(this);
            }
        }
    }

    /**
     * Ask the user, and do as they choose.
     *
     * @returns {Promise<boolean>} whether the record is saved
     */
    async _settle({ message, conflicts }, options) {
        const choice = await new Promise((resolve) => {
            this.model.dialog.add(
                SharedEditDialog,
                { message, conflicts, choose: resolve },
                { onClose: () => resolve("edit") }
            );
        });
        if (choice === "discard") {
            this._discard();
            await this._load();
            return true;
        }
        if (choice === "edit") {
            return false;
        }
        for (const conflict of conflicts) {
            if (choice === "mine") {
                this._keepMine(conflict);
            } else {
                this._takeTheirs(conflict);
            }
        }
        const nothingLeft = !Object.keys(this._getChanges()).length;
        const saved = await this._save(options);
        if (saved && nothingLeft && options.reload !== false && !options.nextId) {
            await this._load();
        }
        return saved;
    }

    /** The row that a conflict is about, and the list it is a line of. */
    _rowOf({ path }) {
        let [record, list] = [this, null];
        for (const [fieldName, id] of path) {
            list = record.data[fieldName];
            record = list._cache[id];
        }
        return { record, list };
    }

    /** From now on the user has seen the other's value, and writes over it. */
    _keepMine(conflict) {
        const { record } = this._rowOf(conflict);
        const { type } = record.fields[conflict.field];
        record._seen[conflict.field] =
            type === "many2one" ? conflict.now && conflict.now.id : conflict.now;
        record._over.add(conflict.field);
    }

    _takeTheirs(conflict) {
        const { record, list } = this._rowOf(conflict);
        if (conflict.kind === "change") {
            delete record._changes[conflict.field];
            record._applyValues({ [conflict.field]: conflict.now });
        } else if (list) {
            // the line is there again, or gone, when the form is loaded anew
            list._commands = list._commands.filter(([, id]) => id !== conflict.id);
        }
    }
}

/** Values without the marks of a save, those of their lines included. */
function unmarked(values) {
    const clean = omit(values, SEEN, OVER);
    for (const [name, value] of Object.entries(clean)) {
        if (Array.isArray(value)) {
            clean[name] = value.map((command) =>
                command?.[2]?.constructor === Object
                    ? [
                          command[0],
                          command[1],
                          command[0] === x2ManyCommands.DELETE
                              ? false
                              : unmarked(command[2]),
                      ]
                    : command
            );
        } else if (value?.constructor === Object) {
            clean[name] = unmarked(value);
        }
    }
    return clean;
}

export class SharedEditModel extends RelationalModel {
    static Record = SharedEditRecord;

    setup() {
        super.setup(...arguments);
        // who looks at what was saved looks for fields
        const { onRecordSaved } = this.hooks;
        this.hooks.onRecordSaved = (record, changes) =>
            onRecordSaved(record, omit(changes, SEEN, OVER));
    }

    /** A new line is told what its parent holds; nothing is saved by that. */
    _loadNewRecord(config, params = {}) {
        const changes = params.changes && unmarked(params.changes);
        return super._loadNewRecord(config, { ...params, changes });
    }

    async load() {
        await super.load(...arguments);
        if (this.config.isMonoRecord && this.root.resId) {
            this._showTyped(this.root);
        }
    }

    async _showTyped(record) {
        const conflicts = await lostTexts(record, this.orm);
        forgetTyped(record);
        if (conflicts.length) {
            this.dialog.add(SharedEditDialog, {
                title: _t("Perhaps not saved"),
                message: _t(
                    "When the page was closed, this text was perhaps not saved, since " +
                        "somebody else had changed it. Copy what is missing."
                ),
                conflicts,
            });
        }
    }
}

registry
    .category("views")
    .add("cadre_review_shared_form", { ...formView, Model: SharedEditModel })
    .add("cadre_review_shared_list", { ...listView, Model: SharedEditModel });

/** Rows saved together from a list: they are shown again, and the text to copy. */
function showRefusal(env, error, originalError) {
    const refusal = refusalOf(originalError);
    if (!refusal) {
        return false;
    }
    error.unhandledRejectionEvent?.preventDefault();
    env.services.dialog.add(SharedEditDialog, refusal);
    return true;
}

registry
    .category("error_handlers")
    .add("cadre_review.shared_edit", showRefusal, { sequence: 90 });
