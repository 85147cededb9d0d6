import { useService } from "@web/core/utils/hooks";

/**
 * What presses a button of a screen: the public method behind it, checked there.
 *
 * @param {{refresh: Function}} reading read again once what it opens is closed
 * @returns {function({model: string, ids: number[], method: string}): Promise}
 */
export function useButtons(reading) {
    const action = useService("action");
    return ({ model, ids, method }) =>
        action.doActionButton({
            type: "object",
            resModel: model,
            resIds: ids,
            name: method,
            onClose: reading.refresh,
        });
}
