# shellcheck shell=bash
# Databases with their filestores, in the cluster and data folder that all checkouts
# of one state folder share.

db_exists() { [[ -n $(psql_quiet "SELECT 1 FROM pg_database WHERE datname = '$1'") ]]; }

# Ends the sessions of others: only for databases that are ours to replace.
drop_database() {
    psql -w -d postgres -Xq -v ON_ERROR_STOP=1 \
        -c "SET client_min_messages = warning" \
        -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" >/dev/null
    rm -rf "$STATE/data/filestore/$1"
}

# rename_database OLD NEW: the filestore first, so that a kill in between leaves no
# database under the new name.
rename_database() {
    rm -rf "$STATE/data/filestore/$2"
    if [[ -d $STATE/data/filestore/$1 ]]; then
        mv "$STATE/data/filestore/$1" "$STATE/data/filestore/$2"
    fi
    psql -w -d postgres -Xq -v ON_ERROR_STOP=1 -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}

# copy_database TEMPLATE NEW: files of a filestore never change, so links do.
copy_database() {
    drop_database "$2"
    if [[ -d $STATE/data/filestore/$1 ]]; then
        cp -al "$STATE/data/filestore/$1" "$STATE/data/filestore/$2"
    fi
    psql -w -d postgres -Xq -v ON_ERROR_STOP=1 \
        -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\" ${3:-}"
}

# Sets TEMPLATE: a database with what the addon depends on, made once for all.
ensure_template() {
    local key
    key=$({ cat "$STATE/odoo/complete" 2>/dev/null || echo "$ODOO_ROOT"; } | sha256sum | cut -c1-8)
    TEMPLATE=template_$key
    has_template || locked template make_template
}

# With a PostgreSQL that is not ours, the filestore may be gone and the database not.
has_template() {
    [[ -d $STATE/data/filestore/$TEMPLATE ]] && db_exists "$TEMPLATE"
}

make_template() {
    ! has_template || return 0
    drop_database "$TEMPLATE"
    say "making the template database (base, web, mail)"
    drop_database "${TEMPLATE}_part"
    # template0: nothing of the cluster's locale but what is said here
    psql -w -d postgres -Xq -v ON_ERROR_STOP=1 \
        -c "CREATE DATABASE \"${TEMPLATE}_part\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
    quietly template.log "the template database could not be made." \
        run_odoo -d "${TEMPLATE}_part" -i base,web,mail --stop-after-init --no-http
    rename_database "${TEMPLATE}_part" "$TEMPLATE"
}
