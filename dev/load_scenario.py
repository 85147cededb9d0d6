# Run by `odoo shell`: loads the Đức Phổ campaign and writes its logins to $LOGINS.
import os

env["cadre.review.scenario"]._load()
users = env["res.users"].search([("share", "=", False)], order="login")
users.write({"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
env.cr.commit()

with open(os.environ["LOGINS"], "w", encoding="utf-8") as logins:
    logins.write("Tài khoản / login, mật khẩu / password giống nhau / the same:\n")
    for user in users:
        logins.write(f"  {user.login:<20} {user.name}\n")
