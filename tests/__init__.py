# Odoo runs the modules test_* that are attributes of this package.
from .base import test_picture
from .shared_edit import (
    test_contract,
    test_shared_edit,
    test_shared_edit_tour,
)
from .dossier import (
    test_opening,
    test_rating_order,
)
from .review import (
    test_conference,
    test_keying,
    test_report,
    test_report_tour,
    test_suggestion,
)
from .hand_in import (
    test_hand_in,
    test_hand_in_tour,
    test_weight,
)
from .findings import (
    test_law,
    test_law_tour,
    test_switched_off,
)
from .result import (
    test_result_tours,
    test_results,
)
from .urging import (
    test_urging,
    test_urging_results,
    test_urging_smtp,
    test_urging_tour,
)
from .screens import (
    test_filters,
    test_first_steps,
    test_screens,
    test_screens_tour,
)
from .books import (
    test_cases,
    test_forms,
    test_import_fuzz,
    test_imports,
    test_workbooks,
)
from .keeping import (
    test_printing,
    test_printing_tour,
    test_scenario,
    test_seals,
)
from .papers import (
    test_office_papers,
    test_papers,
    test_report_paper,
    test_reports,
    test_unit_papers,
    test_word,
)
from .ways import (
    test_once,
    test_tours,
    test_way_through,
)
from .security import (
    test_attacks,
    test_kinds,
    test_second_round,
    test_security_matrix,
    test_security_roles,
    test_security_rpc,
    test_tables,
)
from .house import (
    test_catalogues,
    test_crawl,
    test_house,
    test_lists,
    test_one_law,
    test_rooms,
    test_translations,
    test_unit_tests,
)
