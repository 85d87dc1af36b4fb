"""What the registers of the case office share: users and roles, versions, approvals, the audit line, import and export."""
