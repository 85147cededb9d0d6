# Run by `odoo shell`: Vietnamese before the addon, so that it installs translated.
env["res.lang"]._activate_lang("vi_VN")
env["ir.module.module"].search([("state", "=", "installed")])._update_translations(
    ["vi_VN"]
)
env.cr.commit()
