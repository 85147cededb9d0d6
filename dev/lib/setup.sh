# shellcheck shell=bash
# Everything in order, for the commands of dev/ that run Odoo.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$(dirname "${BASH_SOURCE[0]}")/system.sh"
source "$(dirname "${BASH_SOURCE[0]}")/odoo.sh"
source "$(dirname "${BASH_SOURCE[0]}")/python.sh"
source "$(dirname "${BASH_SOURCE[0]}")/postgres.sh"
source "$(dirname "${BASH_SOURCE[0]}")/addon.sh"
source "$(dirname "${BASH_SOURCE[0]}")/database.sh"

# setup [PACKAGE...]: what is missing of packages, Odoo, Python, PostgreSQL, the
# assembled addon and the configuration file; then Odoo can run by run_odoo.
setup() {
    # not from standard input, which may be a script for `odoo shell`
    setup_steps "$@" </dev/null
}

setup_steps() {
    open_state
    # on another system than Debian 12 and 13 both Odoo and PostgreSQL must be there
    if is_supported_debian; then
        local packages=("$@")
        [[ -n ${ODOO_PYTHON:-} ]] || packages+=("${PACKAGES_PYTHON[@]}")
        [[ -n ${PGHOST:-} ]] || packages+=("${PACKAGES_POSTGRES[@]}")
        install_packages "${packages[@]}"
    fi
    ensure_odoo
    ensure_python
    ensure_postgres
    link_addon
    write_config
}

# Named by ODOO_RC, so that every subcommand of Odoo reads it.
write_config() {
    export ODOO_RC=$CHECKOUT_STATE/odoo.conf PYTHONPATH=$ODOO_ROOT
    export PYTHONDONTWRITEBYTECODE=${PYTHONDONTWRITEBYTECODE:-}
    local addons
    addons=$(IFS=,; echo "$ADDONS${ODOO_ADDONS[*]:+,${ODOO_ADDONS[*]}}")
    mkdir -p "$STATE/data"
    cat >"$ODOO_RC.$$" <<CONF
[options]
addons_path = $addons
data_dir = $STATE/data
db_host = $PGHOST
db_port = $PGPORT
db_user = $PGUSER
${PGPASSWORD:+db_password = $PGPASSWORD}
http_interface = 127.0.0.1
skip_auto_install = True
CONF
    chmod 600 "$ODOO_RC.$$"
    mv "$ODOO_RC.$$" "$ODOO_RC"
}

run_odoo() { "$PYTHON" -m odoo "$@"; }
