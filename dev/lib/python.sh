# shellcheck shell=bash
# Python environments: one for Odoo and its tests, one for the checkers.

# Sets PYTHON, the interpreter that runs Odoo.
ensure_python() {
    if [[ -n ${ODOO_PYTHON:-} ]]; then
        PYTHON=$(command -v "$ODOO_PYTHON") ||
            die "ODOO_PYTHON=$ODOO_PYTHON is not an executable."
        PYTHONPATH=$ODOO_ROOT "$PYTHON" -c 'import odoo.release, openpyxl, xlsxwriter, weasyprint, docx' 2>/dev/null ||
            die "ODOO_PYTHON=$ODOO_PYTHON cannot import odoo, openpyxl, xlsxwriter, weasyprint and docx; install them there (versions: dev/requirements.txt)."
        return
    fi
    ensure_venv venv "$CHECKOUT/dev/requirements.txt"
    PYTHON=$VENV/bin/python
}

# Sets TOOLS, the folder of the checkers' executables.
ensure_tools() {
    ensure_venv tools "$CHECKOUT/dev/requirements-tools.txt"
    # shellcheck disable=SC2034
    TOOLS=$VENV/bin
}

# The machine's own interpreter: a version manager's shim may vanish under a venv.
base_python() {
    if [[ -x /usr/bin/python3 ]]; then echo /usr/bin/python3; else command -v python3; fi
}

# ensure_venv NAME REQUIREMENTS: sets VENV, whose name carries what it was made of,
# so that checkouts with other pins can share the state folder.
ensure_venv() {
    local name=$1 requirements=$2 base key
    base=$(base_python) || die "python3 is missing; install Python 3.11 to 3.13 with its venv module."
    key=$({ "$base" -VV && cat "$requirements"; } | sha256sum | cut -c1-10)
    VENV=$STATE/$name-$key
    [[ -e $VENV/complete ]] || locked "$name" make_venv "$base" "$requirements"
}

make_venv() {
    local base=$1 requirements=$2
    [[ ! -e $VENV/complete ]] || return 0
    need_disk 500
    say "installing Python packages ($(basename "$requirements"))"
    # made in place, since a venv cannot be moved: the stamp is written last
    rm -rf "$VENV"
    quietly venv.log "the Python environment could not be made (is the venv module there?)." \
        "$base" -m venv "$VENV"
    quietly pip.log "the Python packages could not be fetched: no network, or one of the pinned versions is gone." \
        "$VENV/bin/python" -m pip install --no-input --disable-pip-version-check \
        --no-deps --only-binary :all: -r "$requirements"
    touch "$VENV/complete"
}
