# shellcheck shell=bash
# What every command of dev/ shares: where things are, messages, locks, atomic steps.
set -euo pipefail

CHECKOUT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
MODULE=cadre_review

# The members of the addon. Everything that packs, links, checks or translates the
# addon reads this list: the checkout's root is the addon, but not all of it is.
# shellcheck disable=SC2034
MEMBERS=(
    __init__.py __manifest__.py README.md LICENSE
    models rules scans workbooks reports wizards controllers
    views security data static i18n migrations tests
)

IS_ROOT=false
[[ $(id -u) -ne 0 ]] || IS_ROOT=true

# PostgreSQL refuses to run as root and its own user cannot look into /root.
default_state() {
    if $IS_ROOT; then
        echo "/var/lib/$MODULE"
    else
        echo "${XDG_STATE_HOME:-$HOME/.local/state}/$MODULE"
    fi
}
STATE=${CADRE_REVIEW_STATE:-$(default_state)}

say() { printf '%s\n' "· $*" >&2; }

# One clear sentence, then the end.
die() {
    printf '%s\n' "${0##*/}: $*" >&2
    exit 1
}

# open_state: makes the state folder, and this checkout's own folder in it.
open_state() {
    STATE=$(realpath -m "$STATE")
    case $STATE/ in
        "$CHECKOUT"/*) die "the state folder $STATE must be outside the checkout; set CADRE_REVIEW_STATE to another folder." ;;
    esac
    mkdir -p "$STATE" 2>/dev/null ||
        die "cannot create the state folder $STATE; set CADRE_REVIEW_STATE to a folder you may write to."
    [[ ${#STATE} -lt 85 ]] ||
        die "the path of the state folder $STATE is too long for a Unix socket; set CADRE_REVIEW_STATE to a shorter one."
    if $IS_ROOT; then
        chmod 755 "$STATE"
        # somebody who is not root, as PostgreSQL's user is
        setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$STATE" ||
            die "PostgreSQL's user cannot enter the state folder $STATE; set CADRE_REVIEW_STATE to a folder outside a private home."
    fi
    local key
    key=$(printf '%s' "$CHECKOUT" | sha256sum | cut -c1-10)
    # shellcheck disable=SC2034
    CHECKOUT_KEY=$key
    CHECKOUT_STATE=$STATE/checkouts/$key
    mkdir -p "$CHECKOUT_STATE"
    printf '%s\n' "$CHECKOUT" >"$CHECKOUT_STATE/checkout"
}

# locked NAME COMMAND...: runs the command while nobody else runs one under NAME.
# The lock is the kernel's, so a killed run leaves none behind. The command runs in
# a subshell: what it sets is not seen outside.
locked() {
    local name=$1
    shift
    (
        exec 9>"$STATE/$name.lock"
        if ! flock -n 9; then
            say "waiting for another run that holds '$name'…"
            flock 9
        fi
        "$@"
    )
}

# need_disk MEGABYTES: refuses when the state folder's disk has less room left.
need_disk() {
    local free
    free=$(df -Pm "$STATE" | awk 'NR == 2 {print $4}')
    [[ $free -ge $1 ]] ||
        die "not enough disk: $1 MB are needed under $STATE and $free MB are free."
}

# as_root COMMAND...: with sudo where we are not root.
as_root() {
    if $IS_ROOT; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- env DEBIAN_FRONTEND=noninteractive "$@"
    else
        die "root or sudo is needed to run: $*"
    fi
}
