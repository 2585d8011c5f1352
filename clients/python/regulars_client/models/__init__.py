"""Contains all the data models used in inputs/outputs"""

from .add_import_file_files_body import AddImportFileFilesBody
from .add_points import AddPoints
from .add_points_body import AddPointsBody
from .add_points_type import AddPointsType
from .appointment import Appointment
from .appointment_body import AppointmentBody
from .appointment_body_channel import AppointmentBodyChannel
from .appointment_body_status import AppointmentBodyStatus
from .appointment_channel import AppointmentChannel
from .appointment_status import AppointmentStatus
from .appointment_type import AppointmentType
from .approve import Approve
from .approve_body import ApproveBody
from .approve_type import ApproveType
from .attempt import Attempt
from .attempt_outcome import AttemptOutcome
from .attempt_page import AttemptPage
from .audit_line import AuditLine
from .audit_line_page import AuditLinePage
from .audit_line_says import AuditLineSays
from .audit_line_status import AuditLineStatus
from .cancel_enrollment import CancelEnrollment
from .cancel_enrollment_body import CancelEnrollmentBody
from .cancel_enrollment_type import CancelEnrollmentType
from .capture_hold import CaptureHold
from .capture_hold_body import CaptureHoldBody
from .capture_hold_type import CaptureHoldType
from .center import Center
from .center_body import CenterBody
from .center_type import CenterType
from .change_webhook_body import ChangeWebhookBody
from .change_webhook_body_types_item import ChangeWebhookBodyTypesItem
from .create_import_files_body import CreateImportFilesBody
from .create_webhook_body import CreateWebhookBody
from .create_webhook_body_types_item import CreateWebhookBodyTypesItem
from .credit_entry import CreditEntry
from .credit_entry_rewards_item import CreditEntryRewardsItem
from .done import Done
from .edit_reward import EditReward
from .edit_reward_body import EditRewardBody
from .edit_reward_type import EditRewardType
from .endpoint import Endpoint
from .endpoint_page import EndpointPage
from .endpoint_removed import EndpointRemoved
from .endpoint_state import EndpointState
from .endpoint_types_item import EndpointTypesItem
from .endpoint_with_secret import EndpointWithSecret
from .enroll import Enroll
from .enroll_body import EnrollBody
from .enroll_body_tier import EnrollBodyTier
from .enroll_tier import EnrollTier
from .enroll_type import EnrollType
from .entry import Entry
from .entry_draw import EntryDraw
from .entry_lot import EntryLot
from .entry_lot_unit import EntryLotUnit
from .entry_page import EntryPage
from .entry_unit import EntryUnit
from .event import Event
from .event_data import EventData
from .event_page import EventPage
from .event_type import EventType
from .extend_expiry import ExtendExpiry
from .extend_expiry_body import ExtendExpiryBody
from .extend_expiry_type import ExtendExpiryType
from .feedback import Feedback
from .feedback_body import FeedbackBody
from .feedback_body_channel import FeedbackBodyChannel
from .feedback_channel import FeedbackChannel
from .feedback_type import FeedbackType
from .found_guest import FoundGuest
from .found_guest_found_by import FoundGuestFoundBy
from .found_guest_page import FoundGuestPage
from .found_guest_signup_type_0 import FoundGuestSignupType0
from .guest import Guest
from .guest_body import GuestBody
from .guest_numbers import GuestNumbers
from .guest_numbers_rewards_item import GuestNumbersRewardsItem
from .guest_state import GuestState
from .guest_state_entries_item import GuestStateEntriesItem
from .guest_state_lots_item import GuestStateLotsItem
from .guest_state_qualifying_sales import GuestStateQualifyingSales
from .guest_state_rewards_item import GuestStateRewardsItem
from .guest_state_rewards_item_status import GuestStateRewardsItemStatus
from .guest_type import GuestType
from .hold import Hold
from .hold_of_appointments_body import HoldOfAppointmentsBody
from .hold_of_invoices_body import HoldOfInvoicesBody
from .hold_type import HoldType
from .import_ import Import
from .import_counts import ImportCounts
from .import_files_item import ImportFilesItem
from .import_page import ImportPage
from .import_row import ImportRow
from .import_row_page import ImportRowPage
from .import_totals_item import ImportTotalsItem
from .invoice import Invoice
from .invoice_body import InvoiceBody
from .invoice_body_status import InvoiceBodyStatus
from .invoice_numbers import InvoiceNumbers
from .invoice_numbers_points_earned import InvoiceNumbersPointsEarned
from .invoice_numbers_status import InvoiceNumbersStatus
from .invoice_state import InvoiceState
from .invoice_state_points_earned import InvoiceStatePointsEarned
from .invoice_state_points_pending import InvoiceStatePointsPending
from .invoice_state_status import InvoiceStateStatus
from .invoice_status import InvoiceStatus
from .invoice_type import InvoiceType
from .issue_reward import IssueReward
from .issue_reward_body import IssueRewardBody
from .issue_reward_type import IssueRewardType
from .item import Item
from .item_body import ItemBody
from .item_body_kind import ItemBodyKind
from .item_kind import ItemKind
from .item_type import ItemType
from .kept_appointment import KeptAppointment
from .kept_appointment_page import KeptAppointmentPage
from .kept_center import KeptCenter
from .kept_center_page import KeptCenterPage
from .kept_feedback import KeptFeedback
from .kept_feedback_page import KeptFeedbackPage
from .kept_feedback_published_item import KeptFeedbackPublishedItem
from .kept_guest import KeptGuest
from .kept_guest_signup_type_0 import KeptGuestSignupType0
from .kept_invoice import KeptInvoice
from .kept_invoice_lines_item import KeptInvoiceLinesItem
from .kept_invoice_page import KeptInvoicePage
from .kept_invoice_payments_item import KeptInvoicePaymentsItem
from .kept_invoice_refunds_item import KeptInvoiceRefundsItem
from .kept_item import KeptItem
from .kept_item_page import KeptItemPage
from .kept_organization import KeptOrganization
from .kept_status import KeptStatus
from .kept_status_page import KeptStatusPage
from .known_report import KnownReport
from .known_report_page import KnownReportPage
from .known_report_parameters import KnownReportParameters
from .list_rewards_status_type_0 import ListRewardsStatusType0
from .lot import Lot
from .lot_page import LotPage
from .lot_unit import LotUnit
from .mapping import Mapping
from .mapping_page import MappingPage
from .mapping_removed import MappingRemoved
from .merge_guests import MergeGuests
from .merge_guests_type import MergeGuestsType
from .move_sandbox_clock_body import MoveSandboxClockBody
from .opening_balance import OpeningBalance
from .opening_balance_type import OpeningBalanceType
from .organization import Organization
from .organization_type import OrganizationType
from .points_entry import PointsEntry
from .preview import Preview
from .preview_after import PreviewAfter
from .preview_before import PreviewBefore
from .preview_cancel_enrollment_body import PreviewCancelEnrollmentBody
from .preview_capture_hold_body import PreviewCaptureHoldBody
from .preview_entries_item import PreviewEntriesItem
from .preview_hold_of_appointments_body import PreviewHoldOfAppointmentsBody
from .preview_hold_of_invoices_body import PreviewHoldOfInvoicesBody
from .preview_lots_item import PreviewLotsItem
from .preview_redeem_points_body import PreviewRedeemPointsBody
from .preview_redeem_reward_body import PreviewRedeemRewardBody
from .preview_remove_points_body import PreviewRemovePointsBody
from .problem import Problem
from .problem_numbers import ProblemNumbers
from .process_rewards import ProcessRewards
from .process_rewards_type import ProcessRewardsType
from .program import Program
from .program_change import ProgramChange
from .program_change_page import ProgramChangePage
from .program_type import ProgramType
from .program_version import ProgramVersion
from .program_version_page import ProgramVersionPage
from .program_version_program import ProgramVersionProgram
from .put_mapping_body import PutMappingBody
from .put_program_version_body import PutProgramVersionBody
from .quote import Quote
from .quote_body import QuoteBody
from .quote_body_status import QuoteBodyStatus
from .quote_earns_item import QuoteEarnsItem
from .quote_redeemable import QuoteRedeemable
from .quote_refusals_item import QuoteRefusalsItem
from .quote_rewards_item import QuoteRewardsItem
from .redeem_points import RedeemPoints
from .redeem_points_body import RedeemPointsBody
from .redeem_points_type import RedeemPointsType
from .redeem_reward import RedeemReward
from .redeem_reward_body import RedeemRewardBody
from .redeem_reward_type import RedeemRewardType
from .refund_preview import RefundPreview
from .refund_preview_after import RefundPreviewAfter
from .refund_preview_before import RefundPreviewBefore
from .refund_preview_entries_item import RefundPreviewEntriesItem
from .refund_preview_lots_item import RefundPreviewLotsItem
from .reject import Reject
from .reject_body import RejectBody
from .reject_type import RejectType
from .release_hold import ReleaseHold
from .release_hold_body import ReleaseHoldBody
from .release_hold_type import ReleaseHoldType
from .remove_points import RemovePoints
from .remove_points_body import RemovePointsBody
from .remove_points_type import RemovePointsType
from .replay_webhook_body import ReplayWebhookBody
from .report import Report
from .report_columns_item import ReportColumnsItem
from .report_figures import ReportFigures
from .report_parameters import ReportParameters
from .report_rows_item import ReportRowsItem
from .report_tables_item import ReportTablesItem
from .report_totals import ReportTotals
from .reset_sandbox_body import ResetSandboxBody
from .result import Result
from .result_detail import ResultDetail
from .result_status import ResultStatus
from .result_warnings_item import ResultWarningsItem
from .reward import Reward
from .reward_page import RewardPage
from .reward_run import RewardRun
from .reward_run_page import RewardRunPage
from .reward_status import RewardStatus
from .rotate_webhook_secret_body import RotateWebhookSecretBody
from .run_tally import RunTally
from .sandbox_clock import SandboxClock
from .sandbox_reset import SandboxReset
from .sent_line import SentLine
from .sent_line_kind_type_0 import SentLineKindType0
from .sent_payment import SentPayment
from .sent_payment_tender import SentPaymentTender
from .sent_publication import SentPublication
from .sent_publication_to import SentPublicationTo
from .sent_refund import SentRefund
from .sent_signup import SentSignup
from .sent_signup_channel import SentSignupChannel
from .set_import_mapping_body import SetImportMappingBody
from .set_opt_in import SetOptIn
from .set_opt_in_body import SetOptInBody
from .set_opt_in_type import SetOptInType
from .start_import_body import StartImportBody
from .status import Status
from .status_body import StatusBody
from .status_type import StatusType
from .tried_delivery import TriedDelivery
from .undo_merge import UndoMerge
from .undo_merge_type import UndoMergeType
from .undo_process_rewards import UndoProcessRewards
from .undo_process_rewards_type import UndoProcessRewardsType
from .undo_redeem_points import UndoRedeemPoints
from .undo_redeem_points_body import UndoRedeemPointsBody
from .undo_redeem_points_type import UndoRedeemPointsType
from .undo_redeem_reward import UndoRedeemReward
from .undo_redeem_reward_body import UndoRedeemRewardBody
from .undo_redeem_reward_type import UndoRedeemRewardType
from .void_reward import VoidReward
from .void_reward_body import VoidRewardBody
from .void_reward_type import VoidRewardType

__all__ = (
    "AddImportFileFilesBody",
    "AddPoints",
    "AddPointsBody",
    "AddPointsType",
    "Appointment",
    "AppointmentBody",
    "AppointmentBodyChannel",
    "AppointmentBodyStatus",
    "AppointmentChannel",
    "AppointmentStatus",
    "AppointmentType",
    "Approve",
    "ApproveBody",
    "ApproveType",
    "Attempt",
    "AttemptOutcome",
    "AttemptPage",
    "AuditLine",
    "AuditLinePage",
    "AuditLineSays",
    "AuditLineStatus",
    "CancelEnrollment",
    "CancelEnrollmentBody",
    "CancelEnrollmentType",
    "CaptureHold",
    "CaptureHoldBody",
    "CaptureHoldType",
    "Center",
    "CenterBody",
    "CenterType",
    "ChangeWebhookBody",
    "ChangeWebhookBodyTypesItem",
    "CreateImportFilesBody",
    "CreateWebhookBody",
    "CreateWebhookBodyTypesItem",
    "CreditEntry",
    "CreditEntryRewardsItem",
    "Done",
    "EditReward",
    "EditRewardBody",
    "EditRewardType",
    "Endpoint",
    "EndpointPage",
    "EndpointRemoved",
    "EndpointState",
    "EndpointTypesItem",
    "EndpointWithSecret",
    "Enroll",
    "EnrollBody",
    "EnrollBodyTier",
    "EnrollTier",
    "EnrollType",
    "Entry",
    "EntryDraw",
    "EntryLot",
    "EntryLotUnit",
    "EntryPage",
    "EntryUnit",
    "Event",
    "EventData",
    "EventPage",
    "EventType",
    "ExtendExpiry",
    "ExtendExpiryBody",
    "ExtendExpiryType",
    "Feedback",
    "FeedbackBody",
    "FeedbackBodyChannel",
    "FeedbackChannel",
    "FeedbackType",
    "FoundGuest",
    "FoundGuestFoundBy",
    "FoundGuestPage",
    "FoundGuestSignupType0",
    "Guest",
    "GuestBody",
    "GuestNumbers",
    "GuestNumbersRewardsItem",
    "GuestState",
    "GuestStateEntriesItem",
    "GuestStateLotsItem",
    "GuestStateQualifyingSales",
    "GuestStateRewardsItem",
    "GuestStateRewardsItemStatus",
    "GuestType",
    "Hold",
    "HoldOfAppointmentsBody",
    "HoldOfInvoicesBody",
    "HoldType",
    "Import",
    "ImportCounts",
    "ImportFilesItem",
    "ImportPage",
    "ImportRow",
    "ImportRowPage",
    "ImportTotalsItem",
    "Invoice",
    "InvoiceBody",
    "InvoiceBodyStatus",
    "InvoiceNumbers",
    "InvoiceNumbersPointsEarned",
    "InvoiceNumbersStatus",
    "InvoiceState",
    "InvoiceStatePointsEarned",
    "InvoiceStatePointsPending",
    "InvoiceStateStatus",
    "InvoiceStatus",
    "InvoiceType",
    "IssueReward",
    "IssueRewardBody",
    "IssueRewardType",
    "Item",
    "ItemBody",
    "ItemBodyKind",
    "ItemKind",
    "ItemType",
    "KeptAppointment",
    "KeptAppointmentPage",
    "KeptCenter",
    "KeptCenterPage",
    "KeptFeedback",
    "KeptFeedbackPage",
    "KeptFeedbackPublishedItem",
    "KeptGuest",
    "KeptGuestSignupType0",
    "KeptInvoice",
    "KeptInvoiceLinesItem",
    "KeptInvoicePage",
    "KeptInvoicePaymentsItem",
    "KeptInvoiceRefundsItem",
    "KeptItem",
    "KeptItemPage",
    "KeptOrganization",
    "KeptStatus",
    "KeptStatusPage",
    "KnownReport",
    "KnownReportPage",
    "KnownReportParameters",
    "ListRewardsStatusType0",
    "Lot",
    "LotPage",
    "LotUnit",
    "Mapping",
    "MappingPage",
    "MappingRemoved",
    "MergeGuests",
    "MergeGuestsType",
    "MoveSandboxClockBody",
    "OpeningBalance",
    "OpeningBalanceType",
    "Organization",
    "OrganizationType",
    "PointsEntry",
    "Preview",
    "PreviewAfter",
    "PreviewBefore",
    "PreviewCancelEnrollmentBody",
    "PreviewCaptureHoldBody",
    "PreviewEntriesItem",
    "PreviewHoldOfAppointmentsBody",
    "PreviewHoldOfInvoicesBody",
    "PreviewLotsItem",
    "PreviewRedeemPointsBody",
    "PreviewRedeemRewardBody",
    "PreviewRemovePointsBody",
    "Problem",
    "ProblemNumbers",
    "ProcessRewards",
    "ProcessRewardsType",
    "Program",
    "ProgramChange",
    "ProgramChangePage",
    "ProgramType",
    "ProgramVersion",
    "ProgramVersionPage",
    "ProgramVersionProgram",
    "PutMappingBody",
    "PutProgramVersionBody",
    "Quote",
    "QuoteBody",
    "QuoteBodyStatus",
    "QuoteEarnsItem",
    "QuoteRedeemable",
    "QuoteRefusalsItem",
    "QuoteRewardsItem",
    "RedeemPoints",
    "RedeemPointsBody",
    "RedeemPointsType",
    "RedeemReward",
    "RedeemRewardBody",
    "RedeemRewardType",
    "RefundPreview",
    "RefundPreviewAfter",
    "RefundPreviewBefore",
    "RefundPreviewEntriesItem",
    "RefundPreviewLotsItem",
    "Reject",
    "RejectBody",
    "RejectType",
    "ReleaseHold",
    "ReleaseHoldBody",
    "ReleaseHoldType",
    "RemovePoints",
    "RemovePointsBody",
    "RemovePointsType",
    "ReplayWebhookBody",
    "Report",
    "ReportColumnsItem",
    "ReportFigures",
    "ReportParameters",
    "ReportRowsItem",
    "ReportTablesItem",
    "ReportTotals",
    "ResetSandboxBody",
    "Result",
    "ResultDetail",
    "ResultStatus",
    "ResultWarningsItem",
    "Reward",
    "RewardPage",
    "RewardRun",
    "RewardRunPage",
    "RewardStatus",
    "RotateWebhookSecretBody",
    "RunTally",
    "SandboxClock",
    "SandboxReset",
    "SentLine",
    "SentLineKindType0",
    "SentPayment",
    "SentPaymentTender",
    "SentPublication",
    "SentPublicationTo",
    "SentRefund",
    "SentSignup",
    "SentSignupChannel",
    "SetImportMappingBody",
    "SetOptIn",
    "SetOptInBody",
    "SetOptInType",
    "StartImportBody",
    "Status",
    "StatusBody",
    "StatusType",
    "TriedDelivery",
    "UndoMerge",
    "UndoMergeType",
    "UndoProcessRewards",
    "UndoProcessRewardsType",
    "UndoRedeemPoints",
    "UndoRedeemPointsBody",
    "UndoRedeemPointsType",
    "UndoRedeemReward",
    "UndoRedeemRewardBody",
    "UndoRedeemRewardType",
    "VoidReward",
    "VoidRewardBody",
    "VoidRewardType",
)
