"""The registers (sổ văn bản) of Decree 30/2020/NĐ-CP, Phụ lục IV: on screen, as PDF and XLSX, closed at year's end."""
