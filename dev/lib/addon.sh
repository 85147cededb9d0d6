# shellcheck shell=bash
# The addon, assembled outside the checkout: the checkout may have any name, and a
# link inside it would make the tree contain itself.

# Links the members that exist into an addons folder; sets ADDONS.
link_addon() {
    ADDONS=$CHECKOUT_STATE/addons
    locked "checkouts/$CHECKOUT_KEY" link_members
}

link_members() {
    local member folder=$ADDONS/$MODULE
    mkdir -p "$folder"
    find "$folder" -mindepth 1 -maxdepth 1 -xtype l -delete
    for member in "${MEMBERS[@]}"; do
        [[ -e $CHECKOUT/$member && ! -e $folder/$member ]] || continue
        ln -s "$CHECKOUT/$member" "$folder/$member"
    done
}

# copy_addon FOLDER: a real copy of the addon, as FOLDER/cadre_review.
copy_addon() {
    local member target=$1/$MODULE
    mkdir -p "$target"
    for member in "${MEMBERS[@]}"; do
        [[ ! -e $CHECKOUT/$member ]] || cp -r "$CHECKOUT/$member" "$target/"
    done
    find "$target" -name __pycache__ -prune -exec rm -rf {} +
}
