from . import summary, upload, word
