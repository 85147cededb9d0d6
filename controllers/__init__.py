from . import summary, upload
