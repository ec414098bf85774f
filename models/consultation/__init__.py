"""Consultation (컨설팅), training and meetings: programmes, written review, slots, bookings, notes."""
