"""What dev/test runs. Plain Python: Odoo is only ever run as another process."""
