# shellcheck shell=bash
# PostgreSQL: the one PGHOST names, or a cluster of our own on a Unix socket.

# Sets and exports PGHOST, PGPORT, PGUSER (and leaves PGPASSWORD as it is).
ensure_postgres() {
    # our own, when one command of dev/ calls another
    [[ ${PGHOST:-} != "$STATE/pg" ]] || unset PGHOST
    if [[ -n ${PGHOST:-} ]]; then
        OWN_CLUSTER=false
        export PGHOST PGPORT=${PGPORT:-5432} PGUSER=${PGUSER:-$(id -un)}
        command -v psql >/dev/null ||
            die "psql is missing; install PostgreSQL's client programs."
        is_ready ||
            die "no PostgreSQL answers at PGHOST=$PGHOST PGPORT=$PGPORT as PGUSER=$PGUSER."
        # Odoo refuses the database user 'postgres'
        [[ $PGUSER != postgres && $(psql_quiet "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user") == t ]] ||
            die "set PGUSER to a user other than 'postgres' that may create databases; '$PGUSER' is not."
        return
    fi
    OWN_CLUSTER=true
    PGDATA_DIR=$STATE/pg/data
    export PGHOST=$STATE/pg PGPORT=5432 PGUSER=odoo
    unset PGPASSWORD
    PGBIN=$(find /usr/lib/postgresql -maxdepth 3 -path '*/bin/postgres' 2>/dev/null |
        sort -V | tail -n 1) || true
    [[ -n $PGBIN ]] ||
        die "PostgreSQL is missing; install it, or name a running one with PGHOST, PGPORT, PGUSER and PGPASSWORD."
    PGBIN=$(dirname "$PGBIN")
    # a cluster is read by the major version that made it
    [[ ! -e $PGDATA_DIR/PG_VERSION ]] ||
        [[ -x /usr/lib/postgresql/$(<"$PGDATA_DIR/PG_VERSION")/bin/postgres ]] ||
        die "the databases in $STATE/pg were made by PostgreSQL $(<"$PGDATA_DIR/PG_VERSION"), which is no longer installed; delete $STATE/pg or install it again."
    [[ ! -e $PGDATA_DIR/PG_VERSION ]] ||
        PGBIN=/usr/lib/postgresql/$(<"$PGDATA_DIR/PG_VERSION")/bin
    is_ready || locked postgres start_cluster
}

psql_quiet() { psql -w -d postgres -XAtq -v ON_ERROR_STOP=1 -c "$1" 2>/dev/null; }

is_ready() { psql_quiet "SELECT 1" >/dev/null; }

# As root, the cluster belongs to the system's postgres user.
as_cluster_owner() {
    if $IS_ROOT; then
        setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/ "$@"
    else
        "$@"
    fi
}

start_cluster() {
    ! is_ready || return 0
    local pg=$STATE/pg
    mkdir -p "$pg"
    chmod 700 "$pg"
    if $IS_ROOT; then chown postgres: "$pg"; fi
    if [[ ! -e $PGDATA_DIR/PG_VERSION ]]; then
        need_disk 500
        say "making a PostgreSQL cluster in $pg"
        rm -rf "$pg/data" "$pg/data.part"
        # Unix socket in a private folder: whoever reaches it may enter
        (cd / && quietly initdb.log "the PostgreSQL cluster could not be made." \
            as_cluster_owner "$PGBIN/initdb" -D "$pg/data.part" -U odoo --auth=trust \
            --encoding=UTF8 --lc-collate=C --lc-ctype=C.UTF-8 --lc-messages=C --no-sync)
        # Speed over safety: after a power cut these databases may be lost. Not after
        # a kill: at wal_level minimal, sequences would fall behind their tables.
        as_cluster_owner tee -a "$pg/data.part/postgresql.conf" >/dev/null <<CONF
listen_addresses = ''
unix_socket_directories = '$pg'
port = 5432
max_connections = 200
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
fsync = off
full_page_writes = off
max_wal_size = 2GB
max_wal_senders = 0
jit = off
CONF
        mv "$pg/data.part" "$pg/data"
    fi
    # still starting, or stopping
    local tenths
    for ((tenths = 0; tenths < 600; tenths++)); do
        server_lives || break
        ! is_ready || return 0
        sleep 0.1
    done
    end_orphans
    say "starting PostgreSQL"
    # 9>&-: the server must not inherit, and so hold, the lock
    (cd / && quietly pg-start.log "PostgreSQL did not start; see $pg/server.log." \
        as_cluster_owner "$PGBIN/pg_ctl" -D "$PGDATA_DIR" -l "$pg/server.log" -w -t 60 start 9>&-)
}

server_lives() {
    local server
    server=$(head -n 1 "$PGDATA_DIR/postmaster.pid" 2>/dev/null) || return 1
    [[ /proc/$server/cwd -ef $PGDATA_DIR ]]
}

# The processes of the cluster: they all work in its folder. The folder is compared,
# not its name, which a cluster in another root may bear too.
cluster_processes() {
    local cwd
    for cwd in /proc/[0-9]*/cwd; do
        [[ ! $cwd -ef $PGDATA_DIR ]] || basename "${cwd%/cwd}"
    done
}

# After a killed server: ends what it left running, which would spoil the databases
# under a new server, and then its lock files, whose process number may by now be
# another program's.
end_orphans() {
    local process
    for process in $(cluster_processes); do
        kill -QUIT "$process" 2>/dev/null || true
    done
    while [[ -n $(cluster_processes) ]]; do sleep 0.2; done
    rm -f "$PGDATA_DIR/postmaster.pid" "$STATE"/pg/.s.PGSQL.5432{,.lock}
}

stop_cluster() {
    [[ -e $PGDATA_DIR/postmaster.pid ]] || return 0
    (cd / && as_cluster_owner "$PGBIN/pg_ctl" -D "$PGDATA_DIR" -m fast -w stop >/dev/null)
}
