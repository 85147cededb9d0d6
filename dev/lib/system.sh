# shellcheck shell=bash
# Debian packages, on Debian 12 and 13 only.

# file brings libmagic; pango and harfbuzz are WeasyPrint's; croscore has a Times
# with every Vietnamese letter
PACKAGES_PYTHON=(
    python3 python3-venv ca-certificates file
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-croscore
)
PACKAGES_POSTGRES=(postgresql)
PACKAGES_TEST=(git poppler-utils shellcheck)
PACKAGES_BROWSER=(chromium)

is_supported_debian() {
    [[ -r /etc/os-release ]] || return 1
    # shellcheck disable=SC1091
    (. /etc/os-release && [[ $ID == debian && ( $VERSION_ID == 12 || $VERSION_ID == 13 ) ]])
}

unsupported() {
    die "only Debian 12 and 13 can be set up from nothing; elsewhere name an Odoo 19 (ODOO_HOME, ODOO_PYTHON) and a PostgreSQL (PGHOST) that are already there."
}

is_installed() {
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# quietly LOG SENTENCE COMMAND...: output goes to the log, whose end is shown with
# the sentence when the command fails.
quietly() {
    local log=$STATE/log/$1 sentence=$2
    shift 2
    mkdir -p "$STATE/log"
    if ! "$@" >"$log" 2>&1; then
        tail -n 6 "$log" >&2
        die "$sentence (whole log: $log)"
    fi
}

apt_update() {
    local stamp=$STATE/apt-updated
    [[ ! -e $stamp || -n $(find "$stamp" -mmin +720) ]] || ! has_package_lists || return 0
    quietly apt-update.log "the Debian package lists could not be fetched: no network?" \
        as_root apt-get update
    # apt-get update ends well even when nothing could be fetched
    has_package_lists ||
        die "no network: the Debian package lists could not be fetched ($STATE/log/apt-update.log)."
    touch "$stamp"
}

has_package_lists() { compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null; }

# install_packages NAME...: installs those that are missing.
install_packages() {
    local missing=() name
    for name in "$@"; do
        is_installed "$name" || missing+=("$name")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0
    is_supported_debian || unsupported
    $IS_ROOT || sudo -v 2>/dev/null ||
        die "root or sudo is needed to install: ${missing[*]}"
    need_disk 1500
    say "installing Debian packages: ${missing[*]}"
    locked apt install_packages_locked "${missing[@]}"
}

install_packages_locked() {
    export DEBIAN_FRONTEND=noninteractive
    apt_update
    # a run killed inside dpkg leaves packages half-configured
    quietly dpkg.log "dpkg could not finish an interrupted installation." \
        as_root dpkg --configure -a
    quietly apt-install.log "these Debian packages could not be installed (no network?): $*." \
        as_root apt-get install -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@"
}
