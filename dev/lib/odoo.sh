# shellcheck shell=bash
# Odoo 19 itself: the one named by ODOO_HOME, or Debian's package unpacked in the
# state folder without touching the system's apt.

# What was tested. The package lives in Debian's unstable suite, which keeps only
# the newest version.
ODOO_PACKAGE=odoo-19
ODOO_TESTED_VERSION=19.0.0+dfsg-1
ODOO_TESTED_SHA256=9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf

# Where the package's symbolic links for fonts and scripts lead. Font Awesome comes
# from the machine's own suite: unstable's has another layout.
LINKED_PACKAGES=(
    libjs-jquery libjs-underscore libjs-jquery-form
    fonts-roboto-unhinted fonts-montserrat fonts-inconsolata
)
LINKED_PACKAGES_OWN_SUITE=(fonts-font-awesome)

# Sets ODOO_ROOT, the folder to put on Python's path, and ODOO_ADDONS, the addons
# folders to name besides the one inside the odoo package.
ensure_odoo() {
    ODOO_ADDONS=()
    if [[ -n ${ODOO_HOME:-} ]]; then
        ODOO_ROOT=$(cd "$ODOO_HOME" 2>/dev/null && pwd -P) ||
            die "ODOO_HOME=$ODOO_HOME is not a folder."
        [[ $(cat "$ODOO_ROOT/odoo/release.py" 2>/dev/null) == *"version_info = (19, 0"* ]] ||
            die "ODOO_HOME=$ODOO_HOME holds no Odoo 19 (no odoo/release.py of version 19.0)."
        # a git checkout keeps its addons beside the package
        [[ ! -d $ODOO_ROOT/addons/web ]] || ODOO_ADDONS+=("$ODOO_ROOT/addons")
        return
    fi
    is_supported_debian || unsupported
    ODOO_ROOT=$STATE/odoo/usr/lib/python3/dist-packages
    [[ -e $STATE/odoo/complete ]] || locked odoo unpack_odoo
}

private_apt() {
    local command=$1
    shift
    "$command" -o Dir::Etc::sourcelist="$APT/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::Lists="$APT/lists" -o Dir::Cache="$APT/cache" \
        -o APT::Sandbox::User= -o APT::Update::Error-Mode=any "$@"
}

unpack_odoo() {
    [[ ! -e $STATE/odoo/complete ]] || return 0
    need_disk 1500
    local work=$STATE/odoo.part deb keyring options=""
    APT=$work/apt
    rm -rf "$work" "$STATE/odoo"
    mkdir -p "$APT/lists/partial" "$APT/cache/archives/partial" "$work/deb" "$work/root"
    say "fetching Odoo 19 (Debian package $ODOO_PACKAGE, 123 MB)"
    apt_update
    # the machine's own Debian source, with its suite replaced
    local uri
    # shellcheck disable=SC2016
    uri=$(apt-get indextargets --format '$(REPO_URI) $(LABEL) $(CODENAME)' 'Identifier: Packages' |
        awk '$2 == "Debian" && $3 !~ /-/ {print $1; exit}') || true
    [[ -n $uri ]] || die "no Debian source was found in this machine's apt configuration."
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [[ ! -e $keyring ]] || options="[signed-by=$keyring] "
    echo "deb ${options}$uri sid main" >"$APT/sources.list"
    quietly sid-update.log "the package list of Debian unstable could not be fetched: no network, or a wrong clock on this machine." \
        private_apt apt-get update
    local version
    version=$(private_apt apt-cache show "$ODOO_PACKAGE" 2>/dev/null |
        awk '$1 == "Version:" {print $2; exit}') || true
    [[ -n $version ]] ||
        die "the package $ODOO_PACKAGE is gone from Debian unstable (tested: $ODOO_TESTED_VERSION, sha256 $ODOO_TESTED_SHA256); get an Odoo 19 another way and name it with ODOO_HOME."
    [[ $version == "$ODOO_TESTED_VERSION" ]] ||
        say "note: Debian now carries $ODOO_PACKAGE $version; $ODOO_TESTED_VERSION was tested."
    cd "$work/deb"
    quietly odoo-download.log "the package $ODOO_PACKAGE could not be downloaded: no network?" \
        private_apt apt-get download "$ODOO_PACKAGE" "${LINKED_PACKAGES[@]}"
    quietly own-suite-download.log "${LINKED_PACKAGES_OWN_SUITE[*]} could not be downloaded: no network?" \
        apt-get -o APT::Sandbox::User= download "${LINKED_PACKAGES_OWN_SUITE[@]}"
    if [[ $version == "$ODOO_TESTED_VERSION" ]]; then
        echo "$ODOO_TESTED_SHA256  $(echo "$ODOO_PACKAGE"_*.deb)" | sha256sum --check --quiet ||
            die "the package $ODOO_PACKAGE $version is not the one that was tested (sha256 differs)."
    fi
    say "unpacking Odoo 19"
    for deb in *.deb; do
        # other languages than Vietnamese are two thirds of the package
        dpkg-deb --fsys-tarfile "$deb" |
            tar -x -C "$work/root" --wildcards \
                --exclude='*/i18n/[a-uw-z]*.po' --exclude='*/i18n/v[a-hj-z]*.po' \
                --exclude='./usr/share/doc'
    done
    # removed by Debian for its licence, named in mail's bundle; it only blurs the
    # background of video calls
    local stub=$work/root/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js
    if [[ ! -e $stub ]]; then
        mkdir -p "$(dirname "$stub")"
        echo '/* not shipped by Debian: video backgrounds cannot be blurred */' >"$stub"
    fi
    echo "$version" >"$work/root/complete"
    mv "$work/root" "$STATE/odoo"
    rm -rf "$work"
}
