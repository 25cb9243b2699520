"""The registers of a village: assets, resources, contracts, debts, lists of aid and pay, told anew in every period."""
