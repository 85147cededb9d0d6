from . import test_scenario
from . import test_way_through
from . import test_reports
from . import test_security_matrix
from . import test_opening
from . import test_tours
from . import test_workbooks
