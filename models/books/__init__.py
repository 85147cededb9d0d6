from . import (
    imports,
    import_mixin,
    import_roster,
    import_summary,
    import_decisions,
    import_declarations,
    import_history,
    form,
    lists,
    summary,
)
