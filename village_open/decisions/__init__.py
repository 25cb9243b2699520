"""What a village decides, from the proposal to the published result: 四议两公开 and the other meeting procedures."""
