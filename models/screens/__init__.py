from . import (
    board,
    desk,
    my_page,
    dossier_filters,
    rating_filters,
    res_config_settings,
)
